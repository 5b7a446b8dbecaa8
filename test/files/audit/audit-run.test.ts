import {execFile} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {type Run, startRun} from '../../helpers/run.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {visit} from '../../helpers/session/scene.js';
import type {Session} from '../../helpers/session/session.js';

let cluster: TestCluster;
let folder: string;
let run: Run | undefined;

beforeAll(async () => {
	cluster = await startCluster();
});

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
});

afterEach(async () => {
	await run?.close();
	run = undefined;
	await rm(folder, {recursive: true});
});

afterAll(async () => cluster.stop());

async function sleeper(): Promise<Session> {
	const victim = await visit(cluster);
	victim.start('select pg_sleep(600)').catch(() => {});
	await victim.untilActive();
	return victim;
}

/** A question is answered when it was on the screen long enough to be read. */
async function answer(running: Run, key: string): Promise<void> {
	await running.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && performance.now() - (layer.drawnAt ?? Infinity) > layer.readFor;
	});
	await running.press(key);
}

test('one line before the signal is sent, one for what came of it, joined by id', async () => {
	const auditFile = join(folder, 'signals.jsonl');
	run = await startRun(cluster, {auditFile});
	const victim = await sleeper();
	await run.select(victim.pid);
	await run.press('k');
	await run.says(/ended \d\.\ds after k/);
	await expect.poll(async () => run?.outcomeLines()).toHaveLength(1);
	const [signal] = await run.signalLines();
	const [outcome] = await run.outcomeLines();
	expect(signal).toMatchObject({
		signal: 'terminate',
		role: 'postgres',
		pid: victim.pid,
		user: 'app',
		database: 'appdb',
		application: 'test',
		client: 'local',
		type: 'client backend',
		state: 'active',
		wait: 'Timeout:PgSleep',
		query: 'select pg_sleep(600)',
		osUser: 'tester',
		statement: expect.stringMatching(/^select .*pg_catalog\.pg_terminate_backend\(g\.pid\)/),
	});
	expect(outcome).toMatchObject({id: signal?.id, pid: victim.pid, outcome: 'ended'});
});

test('a password in the query that is shown is not written', async () => {
	const auditFile = join(folder, 'signals.jsonl');
	run = await startRun(cluster, {auditFile});
	const victim = await visit(cluster, {user: 'postgres'});
	await victim.query("begin; alter role app password 'geheim'");
	await run.until(
		({server}) => server.snapshot?.backends.some(({query}) => query?.text.includes('geheim')) ?? false,
	);
	await run.select(victim.pid);
	await run.press('k');
	await run.says(/ended \d\.\ds after k/);
	const [signal] = await run.signalLines();
	expect(signal).toMatchObject({pid: victim.pid, query: "begin; alter role app password '***'"});
	expect(await readFile(auditFile, 'utf8')).not.toContain('geheim');
});

test('a no to the question leaves the file as it was', async () => {
	const auditFile = join(folder, 'signals.jsonl');
	run = await startRun(cluster, {auditFile, flags: ['--confirm=always']});
	const victim = await sleeper();
	await run.select(victim.pid);
	await run.press('c');
	expect(await run.audit()).toEqual([]);
	await answer(run, 'n');
	await run.says(/nothing was sent/);
	expect(await run.audit()).toEqual([]);
});

const unwritable: readonly (readonly [what: string, make: () => Promise<string>])[] = [
	[
		'a directory in the way',
		async () => {
			const file = join(folder, 'signals.jsonl');
			await mkdir(file);
			return file;
		},
	],
	['a device', async () => '/dev/full'],
	[
		'a pipe without a reader',
		async () => {
			const file = join(folder, 'fifo');
			await promisify(execFile)('mkfifo', [file]);
			// Whatever hangs in it is let go when the test is over.
			closers.push(() => closeSync(openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)));
			return file;
		},
	],
];

const closers: (() => void)[] = [];

afterEach(() => {
	for (const close of closers.splice(0)) close();
});

const question = /the audit file can't be written \(.*: y\s+sends\s+it\s+all\s+the\s+same/s;

test.each(unwritable)('%s: it is asked, and y sends it all the same', async (_, make) => {
	run = await startRun(cluster, {auditFile: await make()});
	const victim = await sleeper();
	await run.select(victim.pid);
	await run.press('k');
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && layer.drawnAt !== undefined;
	});
	expect(run.bottom()).toMatch(question);
	expect(run.bottom()).toContain(`k: end the session of ${victim.pid}?`);
	for (const line of run.bottom().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
	expect((await victim.activity())?.state).toBe('active');
	await answer(run, 'y');
	await run.says(/ended \d\.\ds after k/);
	await victim.untilGone();
});

test('with any other key nothing is sent', async () => {
	run = await startRun(cluster, {auditFile: '/dev/full'});
	const victim = await sleeper();
	await run.select(victim.pid);
	await run.press('c');
	await answer(run, 'k');
	await run.says(/c: no, nothing was sent to/);
	expect(run.state().server.signals).toEqual([]);
	expect((await victim.activity())?.state).toBe('active');
	// And the next key asks anew: nothing is taken for answered.
	await run.press('\u001B[A');
	await run.select(victim.pid);
	await run.press('k');
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && layer.asked[0].facts !== undefined;
	});
	expect(run.bottom()).toMatch(question);
});

test('L shows the lines that could not be written', async () => {
	run = await startRun(cluster, {auditFile: '/dev/full'});
	const victim = await sleeper();
	await run.select(victim.pid);
	await run.press('k');
	await answer(run, 'y');
	await run.says(/ended \d\.\ds after k/);
	await run.press('L');
	expect(run.page()).toMatch(/not written|not in the audit file|audit file/);
});

test('with --no-audit-log and with --dry-run nothing is written', async () => {
	const auditFile = join(folder, 'signals.jsonl');
	for (const options of [{}, {auditFile, flags: ['--dry-run']}]) {
		const running = await startRun(cluster, options);
		const victim = await sleeper();
		await running.select(victim.pid);
		await running.press('k');
		await running.says(/ended \d\.\ds after k|would end \d+ app@\w+, nothing was sent/);
		await running.close();
		expect(await readdir(folder)).toEqual([]);
	}
});
