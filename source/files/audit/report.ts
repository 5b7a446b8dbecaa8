import {type FileHandle, open, stat} from 'node:fs/promises';
import type {AuditLine, SignalRecord} from '../../domain/signal/record.js';
import {keyOf} from '../../domain/signal/target.js';
import {clean} from '../../domain/text/clean.js';
import {pathOf} from '../../domain/text/raw-text.js';
import {pad, widthOf} from '../../domain/text/width.js';
import {fileReasonOf} from '../file-reasons.js';
import {linesOf} from '../lines-of.js';
import {systemCodeOf} from '../system-code.js';
import {doubtOf} from './audit-trust.js';

const titles = ['TIME', 'BY', 'SERVER', 'KEY', 'PID', 'SESSION', 'OUTCOME'] as const;

/** `doubt`: why others than its owner may have written in the file, in words that follow its name. */
type Doubtful = {readonly doubt?: string};

export type Report =
	| ({readonly type: 'read'; readonly text: string} & Doubtful)
	/** The file has nothing, or only outcomes whose signals were moved away with an older file. */
	| ({readonly type: 'empty'} & Doubtful)
	/** The file has something, but nothing of pgtop's. */
	| {readonly type: 'foreign'}
	| {readonly type: 'missing'}
	/** `why` is a sentence. */
	| {readonly type: 'failed'; readonly why: string};

/** The audit file as a table, oldest first: every signal with its last outcome. */
export async function report(file: string): Promise<Report> {
	try {
		return await read(file);
	} catch (error) {
		return systemCodeOf(error) === 'ENOENT'
			? {type: 'missing'}
			: {type: 'failed', why: await fileReasonOf(file, error)};
	}
}

/** A pipe is read as well: `--audit-log=<(zcat old.gz)`. A device may never end, and opening one may do something. */
async function read(file: string): Promise<Report> {
	const named = await stat(pathOf(file));
	if (named.isCharacterDevice() || named.isBlockDevice()) throw new Error(`${clean(file)} is a device`);
	const handle = await open(pathOf(file));
	try {
		const doubt = await doubtOf(file, await handle.stat());
		return {...(await readSignals(handle)), ...(doubt !== undefined && {doubt})};
	} finally {
		await handle.close();
	}
}

/** Keeps only what the table shows: there may be years of lines. */
async function readSignals(handle: FileHandle): Promise<Report> {
	const signals: {readonly id: string; readonly cells: readonly string[]}[] = [];
	const outcomes = new Map<string, string>();
	let isForeign = false;
	for await (const text of linesOf(handle)) {
		const line = parse(text);
		if (line?.event === 'outcome') outcomes.set(line.id, line.sentence);
		else if (line) signals.push({id: line.id, cells: cellsOf(line)});
		else isForeign ||= text?.trim() !== '';
	}

	if (signals.length === 0) return {type: isForeign && outcomes.size === 0 ? 'foreign' : 'empty'};
	const rows = signals.map(({id, cells}) => [...cells, outcomes.get(id) ?? 'nothing was seen']);
	return {type: 'read', text: table([titles, ...rows])};
}

/** Whether a line has what the table reads, whatever else it has. */
function isLine(line: unknown): line is AuditLine {
	const {event, id, time, osUser, server, signal, sentence} = (line ?? {}) as Readonly<
		Record<string, unknown>
	>;
	const areTexts = (...values: readonly unknown[]) => values.every(value => typeof value === 'string');
	if (event === 'outcome') return areTexts(id, sentence);
	return event === 'signal' && areTexts(id, time, osUser, server) && Object.hasOwn(keyOf, String(signal));
}

/** Undefined for a line that was cut off, or that is somebody else's. */
function parse(text: string | undefined): AuditLine | undefined {
	try {
		const line: unknown = JSON.parse(text ?? '');
		return isLine(line) ? line : undefined;
	} catch {
		return undefined;
	}
}

/** All cells but the outcome. */
const cellsOf = (signal: SignalRecord) => [
	signal.time.slice(0, 19).replace('T', ' '),
	byWhom(signal),
	signal.server,
	keyOf[signal.signal],
	String(signal.pid),
	`${signal.user ?? '?'}@${signal.database ?? '?'} ${signal.application ?? ''}`.trim(),
];

/** Lines of earlier versions say nothing of sudo. */
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
