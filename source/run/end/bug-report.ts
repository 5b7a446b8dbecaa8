import process from 'node:process';
import {inspect} from 'node:util';
import {clean} from '../../domain/text/clean.js';

/** In UTF-16 units. One line of the packed program has most of its source: a report shows neither that, nor more of the stack than says where. */
const longestWords = 300;
const calls = 8;

const wordsOf = (error: unknown) =>
	error instanceof Error
		? `${error.name}: ${error.message}`
		: inspect(error, {depth: 1, breakLength: Infinity});

/** Where the error happened: function, file and place, without the folders of the installation. */
const callsOf = (error: unknown): readonly string[] =>
	error instanceof Error
		? (error.stack ?? '')
				.split('\n')
				.filter(line => /^ +at /.test(line))
				.slice(0, calls)
				.map(line => line.trim().replace(/(?:file:)?\/[^ ()]*\//, ''))
		: [];

/** The report of an exception that nobody caught: what it is, with which versions, where. `versions` are pgtop's and the server's. */
export function bugReport(error: unknown, versions: readonly string[]): string {
	const {version, platform, arch} = process;
	return [
		`a bug in pgtop ended it: ${clean(wordsOf(error)).slice(0, longestWords)}`,
		`  ${[...versions, `Node.js ${version}`, `${platform} ${arch}`].join(', ')}`,
		...callsOf(error).map(call => `  ${clean(call)}`),
	].join('\n');
}
