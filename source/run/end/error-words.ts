import {clean} from '../../domain/text/clean.js';
import {outlineOf} from './outline.js';

/** In UTF-16 units. One line of the packed program has most of its source: a report does not show that. */
const longestWords = 300;

const isWord = (text: string) => /^[A-Za-z_]\w{0,40}$/.test(text);

/** What is quoted may be the text of a server: from the first of a kind of quotes to the last, because it may have quotes in it. One identifier stays. */
function withoutQuoted(text: string, quote: string): string {
	const first = text.indexOf(quote);
	const last = text.lastIndexOf(quote);
	if (first < 0) return text;
	// An apostrophe, or a slash between two words.
	const isBetween = /^\w.\w/.test(text.slice(first - 1, first + 2));
	if (first === last) return isBetween ? text : `${text.slice(0, first)}${quote}...`;
	return isWord(text.slice(first + 1, last)) ? text : `${text.slice(0, first + 1)}...${text.slice(last)}`;
}

/** What was thrown, in one line that quotes nothing of others. */
export function errorWords(error: unknown): string {
	if (!(error instanceof Error)) return clean(JSON.stringify(outlineOf(error))).slice(0, longestWords);
	const message = ['"', '`', "'", '/'].reduce(withoutQuoted, String(error.message));
	const name = isWord(String(error.name)) ? error.name : 'Error';
	return clean(`${name}: ${message}`).slice(0, longestWords);
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
