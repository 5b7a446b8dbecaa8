import {clean} from '../../domain/text/clean.js';
import {outlineOf} from './outline.js';

/** In UTF-16 units. One line of the packed program has most of its source: a report does not show that. */
const longestWords = 300;

/** In UTF-16 units: more of a message is not looked at. */
const longestMessage = 10_000;

/** In UTF-16 units: what is shorter says nothing. */
const shortestText = 4;

const isWord = (text: string) => /^[A-Za-z_]\w{0,40}$/.test(text);

/** Quotes, and what stands around a regular expression. Not an apostrophe, nor a slash between two words. */
const quote = /["`]|(?<!\w)['/]|['/](?!\w)/g;

/** What is quoted may be the text of a server, with quotes in it: so all between the first one and the last one goes. One identifier stays. */
function withoutQuoted(text: string): string {
	const places = [...text.matchAll(quote)].map(({index}) => index);
	const [first] = places;
	const last = places.at(-1);
	if (first === undefined || last === undefined) return text;
	const isOne = places.length === 2 && text[first] === text[last];
	if (isOne && isWord(text.slice(first + 1, last))) return text;
	return `${text.slice(0, first + 1)}...${first === last ? '' : text.slice(last)}`;
}

/** The texts that stand anywhere in these values, longest first. */
export function textsIn(values: readonly unknown[]): readonly string[] {
	const texts = new Set<string>();
	const seen = new Set<unknown>();
	const look = (value: unknown) => {
		if (typeof value === 'string' && value.length >= shortestText) texts.add(value);
		if (typeof value !== 'object' || value === null || seen.has(value)) return;
		seen.add(value);
		const parts =
			value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value);
		for (const part of parts) look(part);
	};
	look(values);
	return [...texts].sort((one, other) => other.length - one.length);
}

/** What was thrown, in one line that quotes nothing of others, and has none of the `hidden` texts in it. An error of the system is told by its code: its message may name a host or a file. */
export function errorWords(error: unknown, hidden: readonly string[] = []): string {
	if (!(error instanceof Error)) return clean(JSON.stringify(outlineOf(error))).slice(0, longestWords);
	const {code} = error as NodeJS.ErrnoException;
	const name = isWord(String(error.name)) ? error.name : 'Error';
	if (typeof code === 'string' && isWord(code)) return `${name}: ${code}`;
	const message = withoutQuoted(String(error.message).slice(0, longestMessage));
	const shown = hidden.reduce((text, one) => text.replaceAll(one, '...'), message);
	return clean(`${name}: ${shown}`).slice(0, longestWords);
}

/** Where it happened, one call a line: function, file and place, without the folders of the installation. */
export function callsOf(error: unknown): readonly string[] {
	if (!(error instanceof Error)) return [];
	return String(error.stack ?? '')
		.replace(String(error.message), '')
		.split('\n')
		.filter(line => /^ +at .*(?:\d+:\d+|<anonymous>|native)\)?$/.test(line))
		.map(line =>
			clean(
				line
					.trim()
					.replace(/ \[as .*\]/, '')
					.replace(/(?<=[ (])(?:(?:file:\/\/)?\/.*\/|[A-Z]:\\.*\\)/, ''),
			).slice(0, longestWords),
		);
}
