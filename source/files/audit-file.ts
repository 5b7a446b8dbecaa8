import {randomUUID} from 'node:crypto';
import {constants} from 'node:fs';
import {type FileHandle, mkdir, open} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {Audit} from '../audit.js';
import type {AuditLine} from '../domain/signal/record.js';

/** A signal must not wait longer for its line than this, in milliseconds. */
const patience = 1000;

type Author = {readonly osUser: string; readonly sshClient: string | null};

/** Writes JSON lines to `file`, readable by its owner alone. Several pgtops may append to it at once: each line is one write. */
export function openAudit(file: string, author: Author): Audit {
	const run = randomUUID();
	const kept: string[] = [];
	const outcomes: Promise<unknown>[] = [];
	let last: Promise<unknown> = Promise.resolve();

	const stamp = (number: number) => ({id: `${run}-${number}`, time: new Date().toISOString()});
	const keep = (line: AuditLine) => kept.push(JSON.stringify(line));
	/** One after the other: of several outcomes the last one counts. */
	const append = (line: AuditLine) => {
		const written = last.then(() => appendLine(file, line));
		last = written.catch(() => {});
		return written;
	};

	return {
		async signal(number, facts, statement) {
			const written = append({event: 'signal', ...stamp(number), ...author, ...facts, statement});
			try {
				await inTime(written);
			} catch (error) {
				// It may get there yet, and then must not look as if it had been sent.
				written.then(() => append(notSent(stamp(number), facts.pid))).catch(() => {});
				throw error;
			}
		},
		keep(number, facts, statement) {
			keep({event: 'signal', ...stamp(number), ...author, ...facts, statement});
		},
		outcome(number, facts) {
			const line: AuditLine = {event: 'outcome', ...stamp(number), ...facts};
			outcomes.push(inTime(append(line)).catch(() => keep(line)));
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

// Nonblocking: to open a pipe that nobody reads would hold the program for ever.
const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

async function appendLine(file: string, line: AuditLine): Promise<void> {
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const handle = await open(file, flags, 0o600);
	try {
		const text = Buffer.from(`${await missingBreak(handle)}${JSON.stringify(line)}\n`);
		const {bytesWritten} = await handle.write(text);
		if (bytesWritten < text.length) throw new Error('the disk is full');
	} finally {
		await handle.close();
	}
}

/** A line that was cut off, by a full disk or a crash, must not take the next one with it. */
async function missingBreak(handle: FileHandle): Promise<string> {
	const stat = await handle.stat();
	if (stat.isFIFO()) throw new Error('it is a pipe');
	if (!stat.isFile() || stat.size === 0) return '';
	const {buffer} = await handle.read(Buffer.alloc(1), 0, 1, stat.size - 1);
	return buffer.toString('latin1') === '\n' ? '' : '\n';
}

async function inTime(written: Promise<void>): Promise<void> {
	const isInTime = await Promise.race([written.then(() => true), wait(patience, false, {ref: false})]);
	if (!isInTime) throw new Error(`not written within ${patience / 1000}s`);
}
