import {clean} from '../../domain/text/clean.js';
import {type Keyword, keywords, type Settings} from './settings/keywords.js';

const flags: {readonly [Key in Keyword]?: string} = {host: '-h', port: '-p', user: '-U'};

/** As a shell takes it. */
const shellWord = (text: string) =>
	/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** As a connection string has it. */
const inString = (text: string) =>
	/^[^\s'\\]+$/.test(text) ? text : `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/** A command with these settings, by flags where there is one for each, else with a connection string; none where cleaning would make another of it. */
export function commandOf(program: string, settings: Settings): string | undefined {
	const said = keywords.flatMap(keyword => {
		const text = settings[keyword];
		return text === undefined || text === '' ? [] : [[keyword, text] as const];
	});
	const isPlain = said.every(([keyword, text]) =>
		keyword === 'dbname' ? !/^-|=|:\/\//.test(text) : flags[keyword] !== undefined,
	);
	const words = isPlain
		? [
				...Object.entries(flags).flatMap(([keyword, flag]) => {
					const text = settings[keyword as Keyword];
					return text ? [flag, text] : [];
				}),
				settings.dbname ?? '',
			]
		: [said.map(([keyword, text]) => `${keyword}=${inString(text)}`).join(' ')];
	const command = [program, ...words.filter(word => word !== '').map(shellWord)].join(' ');
	return clean(command) === command ? command : undefined;
}
