import {clean} from '../domain/text/clean.js';
import {longestSentence, shortenMiddle} from '../domain/text/shorten.js';
import {report} from '../files/audit/report.js';
import type {Cause} from './end/cause.js';

/** In UTF-16 units: a sentence must have room for what is said of the file. */
const longestName = 200;

export type ToldSignals =
	| {readonly type: 'told'; readonly text: string; readonly warning?: string}
	| Extract<Cause, {readonly type: 'usage' | 'failure'}>;

/** What `--signals` prints. A named file that can't be read, or that is no audit file, is a mistake in the arguments. */
export async function toldSignals(file: string, isNamed: boolean): Promise<ToldSignals> {
	const found = await report(file);
	const name = shortenMiddle(clean(file), longestName);
	const badFile = isNamed ? 'usage' : 'failure';
	switch (found.type) {
		case 'missing':
			return isNamed
				? {type: 'usage', sentence: `there is no audit file ${name}`}
				: {type: 'told', text: noneYet(name)};
		case 'empty':
			return {type: 'told', text: noneYet(name), ...warningOf('emptied it', name, found.doubt)};
		case 'foreign':
			return {type: badFile, sentence: `no line of ${name} is a signal of pgtop's`};
		case 'failed':
			return {
				type: badFile,
				sentence: shortenMiddle(`the audit file can't be read: ${found.why}`, longestSentence),
			};
		case 'read':
			return {
				type: 'told',
				text: found.text,
				...warningOf('written these lines', name, found.doubt),
			};
	}
}

const noneYet = (name: string) => `no signals were written to ${name} yet\n`;

const warningOf = (what: string, name: string, doubt: string | undefined) =>
	doubt === undefined ? {} : {warning: `others may have ${what}: ${name} ${doubt}`};
