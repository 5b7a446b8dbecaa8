import {toBytes} from '../../../../domain/text/raw-text.js';
import {isKeyword, type Keyword} from '../keywords.js';

/** What a service says, each value with the number of its line. */
export type Service = {
	readonly [Key in Keyword]?: {readonly text: string; readonly line: number};
};

type Found =
	| {readonly type: 'service'; readonly service: Service}
	| {readonly type: 'none'}
	| {readonly type: 'bad'; readonly sentence: string};

/** The longest line that libpq takes, in bytes with the line's end. */
const longestServiceLine = 1022;

const trim = (line: string) => line.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');

/** A line ends at a NUL byte, as in C. */
const linesOf = (text: string) =>
	text
		.replace(/\n$/, '')
		.split('\n')
		.map(line => line.replace(/\0.*$/s, ''));

/** Finds `[name]` in a service file. Where a parameter stands twice, the first counts. */
export function findService(text: string, name: string, file: string): Found {
	const service: {-readonly [Key in Keyword]?: {text: string; line: number}} = {};
	let isInside = false;
	for (const [index, whole] of linesOf(text).entries()) {
		const bad = (why: string) =>
			({type: 'bad', sentence: `line ${index + 1} of the service file ${file} ${why}`}) as const;
		if (toBytes(whole).length + 1 > longestServiceLine)
			return bad(`is longer than ${longestServiceLine - 1} bytes`);
		const line = trim(whole);
		if (line === '' || line.startsWith('#')) continue;
		if (line.startsWith('[')) {
			if (isInside) break;
			isInside = line.startsWith(`[${name}]`);
			continue;
		}

		if (!isInside) continue;
		if (line.startsWith('ldap')) return bad('asks an LDAP server, which pgtop does not do');
		const [, key, value] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
		if (key === undefined || value === undefined) return bad('is not written NAME=VALUE');
		if (key === 'service') return bad('names another service, which libpq does not follow');
		if (!isKeyword(key)) return bad('has a parameter that libpq does not know');
		service[key] ??= {text: value, line: index + 1};
	}

	return isInside ? {type: 'service', service} : {type: 'none'};
}
