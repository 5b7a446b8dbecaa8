import {clean} from '../../domain/text/clean.js';
import {longestSentence, shorten, shortenMiddle} from '../../domain/text/shorten.js';
import {readConfigurationText} from '../../files/configuration/configuration-text.js';
import {checkConfiguration, type Said} from './check.js';
import {linesOfKeys} from './lines-of-keys.js';
import {loadToml} from './toml.js';

type BadFile = {readonly type: 'bad'; readonly sentence: string};

/** In UTF-16 units: a sentence must have room for what is wrong in the file. */
const longestFile = 150;

const bad = (sentence: string): BadFile => ({
	type: 'bad',
	sentence: shorten(clean(sentence), longestSentence),
});

/** Understands the text of a configuration file. Of several mistakes the first in the file is told. */
export async function parseConfiguration(
	text: string,
	shown: string,
): Promise<{readonly type: 'said'; readonly said: Said} | BadFile> {
	const parse = await loadToml();
	const read = parse(text);
	if (read.type === 'bad') return bad(`${shown}, line ${read.line}, column ${read.column}: ${read.why}`);
	const lines = linesOfKeys(text, parse);
	if (lines.type === 'too long') return bad(`${shown}, line ${lines.line}: this value is too long`);
	const {said, mistakes} = checkConfiguration(read.table, lines.lineOf);
	const [first] = mistakes
		.map(({path, why}) => ({line: lines.lineOf(path), why}))
		.sort((one, other) => one.line - other.line);
	return first ? bad(`${shown}, line ${first.line}: ${first.why}`) : {type: 'said', said};
}

/** What the configuration file says. Every mistake is one sentence. A file that is not there is none. */
export async function readConfiguration(place: {
	readonly file: string;
	/** As a sentence names it. */
	readonly shown: string;
}): Promise<{readonly type: 'said'; readonly said: Said} | {readonly type: 'missing'} | BadFile> {
	const found = await readConfigurationText(place.file);
	const shown = shortenMiddle(clean(place.shown), longestFile);
	switch (found.type) {
		case 'missing':
			return found;
		case 'refused':
			return bad(`${shown} ${found.why}`);
		case 'unreadable':
			return bad(`the configuration file can't be read: ${found.why}`);
		case 'text':
			return parseConfiguration(found.text, shown);
	}
}
