import {clean} from '../../domain/text/clean.js';
import {flagOf, type Keyword, type KeywordValues, keywords} from './settings/keywords.js';
import type {Account} from './settings/retry.js';

/** In UTF-16 units. A sentence would cut a longer command, and a cut one must not be pasted. */
const longestCommand = 200;

type How = {
	/** Flags, as words that are not yet quoted for a shell. */
	readonly kept?: readonly string[];
	/** The OS account that is to run the command. */
	readonly account?: Account | undefined;
};

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** As a shell takes it. */
const shellWord = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text));

/** As a connection string takes it. */
const inString = (text: string) =>
	/^[^\s'\\]+$/.test(text) ? text : `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

function asAccount(command: string, account: Account | undefined): string {
	if (account === undefined) return command;
	const {name, by} = account;
	return by === 'su' ? `su ${name} -c ${quoted(command)}` : `sudo -u ${name} ${command}`;
}

/** A call of pgtop with these settings: by flags where there is one for each, else with a connection string. Undefined where cleaning or cutting would change the command. */
export function commandOf(settings: KeywordValues, {kept = [], account}: How = {}): string | undefined {
	const said = keywords.flatMap(keyword => {
		const text = settings[keyword];
		return text === undefined || text === '' ? [] : [[keyword, text] as const];
	});
	const isPlain = said.every(([keyword, text]) =>
		keyword === 'dbname' ? !/^-|=|:\/\//.test(text) : Object.hasOwn(flagOf, keyword),
	);
	const words = isPlain
		? [
				...Object.entries(flagOf).flatMap(([keyword, flag]) => {
					const text = settings[keyword as Keyword];
					return text ? [flag, text] : [];
				}),
				settings.dbname ?? '',
			]
		: [said.map(([keyword, text]) => `${keyword}=${inString(text)}`).join(' ')];
	const call = ['pgtop', ...kept, ...words.filter(word => word !== '')].map(shellWord).join(' ');
	const command = asAccount(call, account);
	return clean(command) === command && command.length <= longestCommand ? command : undefined;
}
