import {realpath} from 'node:fs/promises';
import path from 'node:path';
import type {Section} from '../../domain/configuration/rules.js';
import {clean} from '../../domain/text/clean.js';
import {longestSentence, shorten, shortenMiddle} from '../../domain/text/shorten.js';
import {readConfigurationText} from '../../files/configuration/configuration-text.js';
import type {Said} from './check.js';

type BadFile = {readonly type: 'bad'; readonly sentence: string};

/** In UTF-16 units: a sentence must have room for what is wrong in the file. */
const longestFile = 150;

const bad = (sentence: string): BadFile => ({
	type: 'bad',
	sentence: shorten(clean(sentence), longestSentence),
});

/** A folder of sockets has other names, too: `/var/run` is most often a link to `/run`. */
const withFolder = async (section: Section): Promise<Section> =>
	section.name.startsWith('/')
		? realpath(section.name).then(
				folder => ({...section, folder}),
				() => ({...section, folder: path.resolve(section.name)}),
			)
		: section;

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
		case 'text': {
			// Most have no file: only for the others is it worth the time to load what reads TOML.
			const {parseConfiguration} = await import('./parse-configuration.js');
			const parsed = parseConfiguration(found.text, shown);
			if (parsed.type === 'wrong') return bad(parsed.sentence);
			const {said} = parsed;
			return {type: 'said', said: {...said, sections: await Promise.all(said.sections.map(withFolder))}};
		}
	}
}
