import type {Machine} from '../machine.js';
import {type KeywordValues, keywords} from './keywords.js';
import {isSecret} from './secrets.js';

/** What a person needs to come in another way. */
export type Retry = {
	/** What was typed, a connection string taken apart, without secrets. */
	readonly typed: KeywordValues;
	/** Flags that are not about the login, but that a command must not lose: `--read-only`. */
	readonly kept?: readonly string[];
	/** Where the server's settings were said: `PGOPTIONS`, `options in the URI`. */
	readonly optionsFrom?: string;
	/** An OS account of this machine that may be let in where ours is not: the role's namesake, else the server's own. */
	readonly account?: Account;
};

/** An OS account, and the program by which a command is run as it. */
export type Account = {readonly name: string; readonly by: 'sudo' | 'su'};

/** The account under which packages run the server. initdb names its role after this account. */
const usualOwner = 'postgres';

const withoutSecrets = (settings: KeywordValues): KeywordValues =>
	Object.fromEntries(keywords.filter(one => !isSecret(one)).map(one => [one, settings[one]]));

/** Containers often have no sudo; su asks anyone but root for a password. */
function wayTo({PATH = ''}: Readonly<NodeJS.ProcessEnv>, {isRoot, isProgram}: Machine): Account['by'] {
	const hasSudo = () => PATH.split(':').some(folder => isProgram(`${folder}/sudo`));
	return isRoot && !hasSudo() ? 'su' : 'sudo';
}

/** Looks for the account in /etc/passwd, so that no missing account is advised. Accounts of a directory service are not found there. */
export function retryOf(
	typed: KeywordValues,
	user: string,
	environment: Readonly<NodeJS.ProcessEnv>,
	machine: Machine,
): Retry {
	const {account, readText} = machine;
	const accounts = readText('/etc/passwd');
	const exists = (name: string) =>
		typeof accounts === 'string' && accounts.split('\n').some(line => line.startsWith(`${name}:`));
	const other = [user, usualOwner].find(name => name !== account && exists(name));
	const found = other !== undefined && {account: {name: other, by: wayTo(environment, machine)}};
	return {typed: withoutSecrets(typed), ...found};
}
