import type {Machine} from '../machine.js';
import {type Keyword, keywords, type Settings} from './keywords.js';

/** What a person needs to come in another way. */
export type Retry = {
	/** What was typed, a connection string taken apart, without secrets. */
	readonly typed: Settings;
	/** An OS account of this machine that may be let in where ours is not: that of the role, else the server's own. */
	readonly account?: string;
};

const secrets: readonly Keyword[] = [
	'password',
	'sslpassword',
	'scram_client_key',
	'scram_server_key',
	'oauth_client_secret',
];

/** The account under which packages have the server run: the role that initdb makes is named after it. */
const usualOwner = 'postgres';

const withoutSecrets = (settings: Settings): Settings =>
	Object.fromEntries(keywords.filter(one => !secrets.includes(one)).map(one => [one, settings[one]]));

/** Looks for the account in /etc/passwd: that of a directory service is not found there, and none that is missing is advised. */
export function retryOf(typed: Settings, user: string, {account, readText}: Machine): Retry {
	const accounts = readText('/etc/passwd');
	const exists = (name: string) =>
		typeof accounts === 'string' && accounts.split('\n').some(line => line.startsWith(`${name}:`));
	const other = [user, usualOwner].find(name => name !== account && exists(name));
	return {typed: withoutSecrets(typed), ...(other !== undefined && {account: other})};
}
