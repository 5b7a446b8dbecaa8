import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import type {AuditLine} from '../../../source/domain/signal/record.js';
import {limit} from '../../helpers/limit.js';

let folder: string;
let program: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
	const cache = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'pgtop-test');
	await mkdir(cache, {recursive: true});
	program = join(await mkdtemp(join(cache, 'child-')), 'audit-child.mjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'audit-child.ts')],
		outfile: program,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		logLevel: 'error',
	});
});

afterEach(() => {
	for (const child of children) child.kill('SIGKILL');
	children.length = 0;
});

afterAll(async () => {
	await rm(join(program, '..'), {recursive: true});
	await rm(folder, {recursive: true});
});

type Said = {
	readonly reason?: string;
	readonly isInTime?: boolean;
	readonly isFree?: boolean;
	readonly kept?: number;
};

/** Runs the child to its end, which must come by itself; a shell command may stand around it. */
async function run(words: readonly string[], around?: string): Promise<readonly Said[]> {
	const command =
		around === undefined
			? ([process.execPath, [program, ...words]] as const)
			: (['bash', ['-c', `${around}; exec "$0" "$@"`, process.execPath, program, ...words]] as const);
	const child = spawn(command[0], command[1], {stdio: ['ignore', 'pipe', 'inherit']});
	children.push(child);
	const exited = once(child, 'exit');
	const tooLate = setTimeout(() => child.kill('SIGKILL'), limit);
	const said = (await text(child.stdout))
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as Said);
	const [code, signal] = await exited;
	clearTimeout(tooLate);
	expect({code, signal, said}).toMatchObject({code: 0, signal: null});
	return said;
}

const linesOf = async (file: string) =>
	(await readFile(file, 'utf8'))
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as AuditLine);

test('of eight programs that write at once every line is whole, and each keeps its order', async () => {
	const file = join(folder, 'shared.jsonl');
	const labels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
	const ends = await Promise.all(labels.map(label => run(['write', file, label, '100'])));
	expect(ends).toEqual(labels.map(() => [{kept: 0, isInTime: expect.any(Boolean)}]));

	const lines = await linesOf(file);
	expect(lines).toHaveLength(8 * 200);
	expect(new Set(lines.map(({id}) => id)).size).toBe(8 * 100);
	for (const label of labels) {
		const signals = lines.flatMap(line => (line.event === 'signal' && line.osUser === label ? [line] : []));
		expect(signals.map(({pid}) => pid)).toEqual(Array.from({length: 100}, (_, index) => index + 1));
		for (const signal of signals) expect(signal.query).toBe(`${label} `.repeat(2000));
	}

	// Each outcome stands behind its signal.
	const seen = new Set<string>();
	for (const {event, id} of lines) {
		if (event === 'outcome') expect(seen.has(id)).toBe(true);
		else seen.add(id);
	}
});

test('where only the first of two signals has room, none counts as written, and what stands there as not sent', async () => {
	const file = join(folder, 'short.jsonl');
	const said = await run(['pair', file, 'short'], "trap '' XFSZ; ulimit -f 8");
	expect(said).toEqual([{reason: 'the disk is full'}, {kept: 1, isInTime: true}]);
	const [whole, cut, ...more] = (await readFile(file, 'utf8')).split('\n');
	expect(JSON.parse(whole ?? '')).toMatchObject({event: 'signal', pid: 1});
	expect(cut).toContain('"pid":2,');
	expect(more).toEqual([]);
});

test('a line of which the disk has no room for the end alone is written, and the next one stands behind it', async () => {
	const [longer, file] = [join(folder, 'longer.jsonl'), join(folder, 'brim.jsonl')];
	await run(['write', longer, 'a', '1']);
	const [{length = 0} = ''] = (await readFile(longer, 'utf8')).split('\n');
	// Up to 8 KiB may be written: there is room for the line, and then for no byte more.
	await writeFile(file, `${'-'.repeat(8191 - length)}\n`, {mode: 0o600});
	expect(await run(['write', file, 'a', '1'], "trap '' XFSZ; ulimit -f 8")).toMatchObject([{kept: 1}]);
	await run(['write', file, 'b', '1']);
	const lines = (await readFile(file, 'utf8')).split('\n').slice(1, -1);
	expect(lines.map(line => JSON.parse(line) as AuditLine)).toMatchObject([
		{event: 'signal', osUser: 'a'},
		{event: 'signal', osUser: 'b'},
		{event: 'outcome'},
	]);
});

test('a pipe that nobody reads costs a second at most, blocks nothing, and keeps nobody alive', async () => {
	const fifo = join(folder, 'fifo');
	await promisify(execFile)('mkfifo', [fifo]);
	const said = await run(['hang', fifo, 'x', '6']);
	const [free, close] = said.slice(-2);
	for (const {reason, isInTime} of said.slice(0, -2)) {
		expect(reason).not.toBe('written');
		expect(isInTime).toBe(true);
	}

	expect(free).toEqual({isFree: true});
	expect(close?.isInTime).toBe(true);
});

test('a line that a full disk has cut off does not spoil the next one', async () => {
	const file = join(folder, 'cut');
	// The first run may write 8 KiB and no more: its line, of which it writes a part, is longer.
	await run(['write', file, 'cut', '1'], "trap '' XFSZ; ulimit -f 8").catch(() => {});
	expect((await readFile(file, 'utf8')).endsWith('\n')).toBe(false);
	await run(['write', file, 'whole', '1']);
	const whole = (await readFile(file, 'utf8')).split('\n').filter(line => {
		try {
			return (JSON.parse(line) as {osUser?: string}).osUser === 'whole';
		} catch {
			return false;
		}
	});
	expect(whole).toHaveLength(1);
});
