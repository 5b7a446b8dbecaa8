import {checkConfiguration, type Said} from './check.js';
import {linesOfKeys} from './lines-of-keys.js';
import {parseToml} from './toml.js';

const wrong = (sentence: string) => ({type: 'wrong', sentence}) as const;

/** Understands the text of a configuration file. Of several mistakes the first in the file is told. `shown` is the name of the file in a sentence. */
export function parseConfiguration(
	text: string,
	shown: string,
): {readonly type: 'said'; readonly said: Said} | {readonly type: 'wrong'; readonly sentence: string} {
	const read = parseToml(text);
	if (read.type === 'bad') return wrong(`${shown}, line ${read.line}, column ${read.column}: ${read.why}`);
	const lines = linesOfKeys(text);
	if (lines.type === 'too long') return wrong(`${shown}, line ${lines.line}: this value is too long`);
	const {said, mistakes} = checkConfiguration(read.table, lines.lineOf);
	const [first] = mistakes
		.map(({path, why}) => ({line: lines.lineOf(path), why}))
		.sort((one, other) => one.line - other.line);
	return first ? wrong(`${shown}, line ${first.line}: ${first.why}`) : {type: 'said', said};
}
