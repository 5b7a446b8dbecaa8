import {clean} from '../domain/text/clean.js';
import {longestSentence, shortenMiddle} from '../domain/text/shorten.js';
import {report} from '../files/audit/report.js';
import {exitCodes} from './life.js';

/** In UTF-16 units: a sentence must have room for what is said of the file. */
const longestName = 200;

export type ToldSignals =
	| {readonly type: 'told'; readonly text: string; readonly warning?: string}
	| {readonly type: 'failed'; readonly sentence: string; readonly code: number};

/** What `--signals` prints. A named file that can't be read, or that is no audit file, is a mistake in the arguments. */
export async function toldSignals(file: string, isNamed: boolean): Promise<ToldSignals> {
	const found = await report(file);
	const name = shortenMiddle(clean(file), longestName);
	const badFile = isNamed ? exitCodes.usage : exitCodes.server;
	switch (found.type) {
		case 'missing':
			return isNamed
				? {type: 'failed', sentence: `there is no audit file ${name}`, code: exitCodes.usage}
				: {type: 'told', text: noneYet(name)};
		case 'empty':
			return {type: 'told', text: noneYet(name), ...warningOf('emptied it', name, found.doubt)};
		case 'foreign':
			return {type: 'failed', sentence: `no line of ${name} is a signal of pgtop's`, code: badFile};
		case 'failed':
			return {
				type: 'failed',
				sentence: shortenMiddle(`the audit file can't be read: ${found.why}`, longestSentence),
				code: badFile,
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
