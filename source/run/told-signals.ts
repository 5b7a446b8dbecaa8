import {clean} from '../domain/text/clean.js';
import {report} from '../files/report.js';
import {exitCodes} from './life.js';

export type ToldSignals =
	| {readonly type: 'told'; readonly text: string; readonly warning?: string}
	| {readonly type: 'failed'; readonly sentence: string; readonly code: number};

/** What `--signals` prints. A file that was named and can't be read is a mistake in the arguments. */
export async function toldSignals(file: string, isNamed: boolean): Promise<ToldSignals> {
	const found = await report(file);
	switch (found.type) {
		case 'missing':
			return isNamed
				? {type: 'failed', sentence: `there is no audit file ${clean(file)}`, code: exitCodes.usage}
				: {type: 'told', text: 'no signals were written yet\n'};
		case 'failed':
			return {
				type: 'failed',
				sentence: `the audit file can't be read: ${found.why}`,
				code: isNamed ? exitCodes.usage : exitCodes.server,
			};
		case 'read':
			return {
				type: 'told',
				text: found.text,
				...(found.isOpen && {
					warning: `others may have written these lines: ${clean(file)} is open to them (chmod 600 makes it private)`,
				}),
			};
	}
}
