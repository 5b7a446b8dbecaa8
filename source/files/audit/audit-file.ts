import {randomUUID} from 'node:crypto';
import type {FileHandle} from 'node:fs/promises';
import path from 'node:path';
import type {AuditLine} from '../../domain/signal/record.js';
import {mapSome, type Some} from '../../domain/some.js';
import type {Audit, Author, SignalEntry} from '../../ports/audit.js';
import {fileReasonOf} from '../file-reasons.js';
import {makeFolder} from '../make-folder.js';
import {isDoneWithin, patience} from '../patience.js';
import {openTrusted} from './audit-trust.js';

/**
Writes JSON lines to `file`, which only its owner can read. Several pgtops may append to it at once: what belongs together is one write.

Does not write to a link, nor to a file that is another user's or that others may write. Each time the opened file is checked. `isDefault`: the place is pgtop's own, and its folder is made, too.
*/
export function openAudit(file: string, author: Author, isDefault = false): Audit {
	let run: string | undefined;
	const kept: string[] = [];
	const outcomes = new Set<Promise<unknown>>();
	let last: Promise<unknown> = Promise.resolve();

	const stamp = (number: number) => {
		// Not before the first signal, because loading what makes it would delay the start.
		run ??= randomUUID();
		return {id: `${run}-${number}`, time: new Date().toISOString()};
	};
	const keep = (line: AuditLine) => kept.push(JSON.stringify(line));
	/** One after the other, because the last of several outcomes counts. */
	const append = (lines: Some<AuditLine>) => {
		const written = last.then(() => appendLines(file, lines, isDefault));
		last = written.catch(() => {});
		return written;
	};

	let gathered: {readonly lines: AuditLine[]; readonly kept: Promise<void>} | undefined;
	/** Keeps what can't be written in time. */
	const keepUnwritten = async (lines: readonly AuditLine[], written: Promise<number>) => {
		const settled = written.catch(() => 0);
		const count = (await isDoneWithin(patience, settled)) ? await settled : 0;
		if (gathered?.lines === lines) gathered = undefined;
		lines.slice(count).forEach(keep);
	};
	/** Appends a line, together with all that come until it is its turn: of one key there may be thousands. */
	const record = async (line: AuditLine): Promise<void> => {
		if (gathered) {
			gathered.lines.push(line);
			return gathered.kept;
		}

		const lines = [line];
		const written = last.then(() => {
			gathered = undefined;
			return appendLines(file, lines, isDefault);
		});
		last = written.catch(() => {});
		gathered = {lines, kept: keepUnwritten(lines, written)};
		return gathered.kept;
	};
	const sayUnsent = async (entries: readonly SignalEntry[]) =>
		Promise.all(entries.map(({number, facts}) => record(notSent(stamp(number), facts.pid))));

	const lineOf = ({number, facts, statement}: SignalEntry): AuditLine => ({
		event: 'signal',
		...stamp(number),
		...author,
		...facts,
		statement,
	});

	return {
		async signal(entries) {
			const lines = mapSome(entries, lineOf);
			const written = append(lines);
			try {
				await inTime(written, lines);
			} catch (error) {
				// Lines that are there, or still come, must not look as if the signals had been sent.
				const said = written.then(count => sayUnsent(entries.slice(0, count))).catch(() => {});
				outcomes.add(isDoneWithin(patience, said));
				throw error;
			}
		},
		keep(entries) {
			for (const entry of entries) keep(lineOf(entry));
		},
		outcome(number, facts) {
			const line: AuditLine = {event: 'outcome', ...stamp(number), ...facts};
			outcomes.add(record(line));
		},
		async close() {
			await Promise.all(outcomes);
			return kept;
		},
	};
}

const notSent = (stamp: {readonly id: string; readonly time: string}, pid: number): AuditLine => ({
	event: 'outcome',
	...stamp,
	pid,
	outcome: 'not sent',
	sentence: 'was not signalled: this was not written down in time',
	seconds: 0,
});

/** Appends lines, all in one write. Resolves with how many of them can be read in the file: on a full disk those that had room. Rejects with a sentence. */
async function appendLines(file: string, lines: readonly AuditLine[], isDefault: boolean): Promise<number> {
	try {
		if (isDefault) await makeFolder(path.dirname(file));
		const handle = await openTrusted(file, true);
		try {
			const ahead = await missingBreak(handle);
			const text = Buffer.from(`${ahead}${lines.map(line => `${JSON.stringify(line)}\n`).join('')}`);
			const {bytesWritten} = await handle.write(text);
			// A line is read without its end, too, which the next one brings with it.
			const read = text.subarray(0, bytesWritten + 1).toString('latin1');
			return read.split('\n').length - 1 - ahead.length;
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw new Error(await fileReasonOf(file, error));
	}
}

/** A line that was cut off, by a full disk or a crash, must not take the next one with it. */
async function missingBreak(handle: FileHandle): Promise<string> {
	const {size} = await handle.stat();
	if (size === 0) return '';
	const {buffer} = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
	return buffer.toString('latin1') === '\n' ? '' : '\n';
}

/** All of these lines are in the file soon, or this rejects with a sentence. */
async function inTime(written: Promise<number>, lines: Some<AuditLine>): Promise<void> {
	if (!(await isDoneWithin(patience, written))) throw new Error(`not written within ${patience / 1000}s`);
	if ((await written) < lines.length) throw new Error('the disk is full');
}
