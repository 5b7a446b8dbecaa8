import {execFile} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {mkdir, mkdtemp, open, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {AuditLine} from '../../../source/domain/signal/record.js';
import {openAudit} from '../../../source/files/audit/audit-file.js';
import {author, ended, entry, facts, statement} from './signals.js';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
});

afterEach(async () => rm(folder, {recursive: true}));

const unwritable: readonly (readonly [what: string, file: (folder: string) => string, reason: RegExp])[] = [
	['a directory stands in its way', folder => folder, /is a directory$/],
	[
		'its folder is a file',
		folder => join(folder, 'file', 'signals.jsonl'),
		/signals\.jsonl stands below what is no directory$/,
	],
	[
		'its folder is not there',
		folder => join(folder, 'none', 'signals.jsonl'),
		/none\/signals\.jsonl stands in a directory that is not there$/,
	],
	['it is a device', () => '/dev/full', /^\/dev\/full is a device \(--no-audit-log writes no file\)$/],
];

test.each(unwritable)(
	'when %s the signal is not sent unasked, and nothing is lost',
	async (_, at, reason) => {
		await writeFile(join(folder, 'file'), '');
		const audit = openAudit(at(folder), author);
		const failure = await audit.signal(entry(1)).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(Error);
		expect((failure as Error).message).toMatch(reason);
		expect((failure as Error).message).not.toMatch(/\n/);

		audit.keep(entry(1));
		audit.outcome(1, ended);
		const kept = (await audit.close()).map(line => JSON.parse(line) as AuditLine);
		expect(kept.map(({event}) => event)).toEqual(['signal', 'outcome']);
		expect(kept[0]).toMatchObject({...facts(), statement, ...author});
		expect(kept[1]).toMatchObject({...ended, id: kept[0]?.id});
	},
);

test('a read-only folder is said', async ({skip}) => {
	skip(process.getuid?.() === 0, 'root may write into every folder');
	const closed = join(folder, 'closed');
	await mkdir(closed, {mode: 0o500});
	const audit = openAudit(join(closed, 'signals.jsonl'), author);
	await expect(audit.signal(entry(1))).rejects.toThrow('is not open to this user');
});

test('once there is room again later signals are written', async () => {
	const file = join(folder, 'signals.jsonl');
	await mkdir(file);
	const audit = openAudit(file, author);
	await expect(audit.signal(entry(1))).rejects.toThrow('is a directory');
	await rm(file, {recursive: true});
	await audit.signal(entry(2));
	expect((await readFile(file, 'utf8')).match(/\n/g)).toHaveLength(1);
});

test('a line that comes too late to be waited for is told as not sent', async () => {
	const file = join(folder, 'signals.jsonl');
	const audit = openAudit(file, author);
	// Files are read and written by the same few threads: each of these takes one, until somebody writes into its pipe.
	const pipes = Array.from({length: 8}, (_, number) => join(folder, `pipe-${number}`));
	await promisify(execFile)('mkfifo', pipes);
	const busy = pipes.map(pipe => open(pipe));
	try {
		await expect(audit.signal(entry(1))).rejects.toThrow('not written within 1s');
	} finally {
		for (const pipe of pipes) closeSync(openSync(pipe, 'w'));
		for (const handle of await Promise.all(busy)) await handle.close();
	}

	const lines = async () => (await readFile(file, 'utf8')).trim().split('\n');
	await expect.poll(async () => (await lines().catch(() => [])).length).toBe(2);
	const [signal, outcome] = (await lines()).map(line => JSON.parse(line) as AuditLine);
	expect(outcome).toMatchObject({event: 'outcome', outcome: 'not sent', id: signal?.id});
	expect(await audit.close()).toEqual([]);
});
