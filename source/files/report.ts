import {open} from 'node:fs/promises';
import type {AuditLine, OutcomeRecord, SignalRecord} from '../domain/signal/record.js';
import {keyOf} from '../domain/signal/target.js';
import {clean} from '../domain/text/clean.js';
import {pathOf} from '../domain/text/raw-text.js';
import {pad, widthOf} from '../domain/text/width.js';
import {mayOthersWrite} from './audit-trust.js';
import {fileReasonOf, systemCodeOf} from './file-reasons.js';

const titles = ['TIME', 'BY', 'SERVER', 'KEY', 'PID', 'SESSION', 'OUTCOME'] as const;

export type Report =
	/** `isOpen`: not only its owner may have written in it. */
	| {readonly type: 'read'; readonly text: string; readonly isOpen: boolean}
	| {readonly type: 'missing'}
	/** With a sentence. */
	| {readonly type: 'failed'; readonly why: string};

/** The audit file as a table, oldest first: every signal with the last that was seen of it. */
export async function report(file: string): Promise<Report> {
	try {
		const {text, isOpen} = await read(file);
		return {type: 'read', text: tableOf(text), isOpen};
	} catch (error) {
		return systemCodeOf(error) === 'ENOENT'
			? {type: 'missing'}
			: {type: 'failed', why: fileReasonOf(file, error)};
	}
}

/** A pipe is read as well: `--audit-log=<(zcat old.gz)`. */
async function read(file: string): Promise<{readonly text: string; readonly isOpen: boolean}> {
	const handle = await open(pathOf(file));
	try {
		const facts = await handle.stat();
		return {text: await handle.readFile('utf8'), isOpen: facts.isFile() && mayOthersWrite(facts)};
	} finally {
		await handle.close();
	}
}

function tableOf(text: string): string {
	const lines = text.split('\n').flatMap(parse);
	const outcomes = new Map<string, OutcomeRecord>();
	for (const line of lines) if (line.event === 'outcome') outcomes.set(line.id, line);
	const rows = lines.flatMap(line => (line.event === 'signal' ? [rowOf(line, outcomes.get(line.id))] : []));
	return table([titles, ...rows]);
}

/** What the table reads of a line; whatever else stands in it. */
function isLine(line: unknown): line is AuditLine {
	const {event, id, time, osUser, server, signal, sentence} = (line ?? {}) as Readonly<
		Record<string, unknown>
	>;
	const areTexts = (...values: readonly unknown[]) => values.every(value => typeof value === 'string');
	if (event === 'outcome') return areTexts(id, sentence);
	return event === 'signal' && areTexts(id, time, osUser, server) && Object.hasOwn(keyOf, String(signal));
}

/** A line that was cut off, or that is somebody else's, is left out. */
function parse(text: string): readonly AuditLine[] {
	try {
		const line: unknown = JSON.parse(text);
		return isLine(line) ? [line] : [];
	} catch {
		return [];
	}
}

const rowOf = (signal: SignalRecord, outcome: OutcomeRecord | undefined) => [
	signal.time.slice(0, 19).replace('T', ' '),
	byWhom(signal),
	signal.server,
	keyOf[signal.signal],
	String(signal.pid),
	`${signal.user ?? '?'}@${signal.database ?? '?'} ${signal.application ?? ''}`.trim(),
	outcome?.sentence ?? 'nothing was seen',
];

/** Earlier lines say nothing of sudo. */
const byWhom = ({osUser, sudoUser}: Pick<SignalRecord, 'osUser'> & {readonly sudoUser?: unknown}) =>
	typeof sudoUser === 'string' && sudoUser !== '' ? `${osUser} (sudo: ${sudoUser})` : osUser;

function table(rows: readonly (readonly string[])[]): string {
	const safe = rows.map(row => row.map(cell => clean(cell)));
	const widths = titles.map((_, index) =>
		safe.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? '')), 0),
	);
	return safe
		.map(
			row =>
				`${row
					.map((cell, index) => pad(cell, widths[index] ?? 0))
					.join('  ')
					.trimEnd()}\n`,
		)
		.join('');
}
