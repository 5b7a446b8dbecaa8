import {setTimeout as wait} from 'node:timers/promises';
import fc from 'fast-check';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {openClient} from '../../source/demo/open-client.js';
import {isOverdue} from '../../source/state/server/interval.js';
import {keymap} from '../../source/tables/keymap.js';
import {type Run, startRun} from '../helpers/run.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {type Recorder, startRecorder} from './recorder.js';

let cluster: TestCluster;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
	cluster = await startCluster();
});

afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

afterAll(async () => cluster.stop());

const named: Readonly<Record<string, string>> = {
	enter: '\r',
	down: '\u001B[B',
	up: '\u001B[A',
	pagedown: '\u001B[6~',
	pageup: '\u001B[5~',
	home: '\u001B[H',
	end: '\u001B[F',
	escape: '\u001B',
	'ctrl-r': '\u0012',
	'ctrl-l': '\f',
	'ctrl-z': '\u001A',
	'ctrl-c': '\u0003',
};

const allKeys = [...new Set(keymap.flatMap(({keys}) => keys))].map(key => named[key] ?? key);

/** What is pressed in a run: keys alone, and bytes that come in one read. */
const presses = fc.array(
	fc.oneof(
		{weight: 6, arbitrary: fc.constantFrom('c', 'k', 'y')},
		{weight: 4, arbitrary: fc.constantFrom(...allKeys)},
		{weight: 1, arbitrary: fc.string({unit: 'binary', minLength: 1, maxLength: 4})},
		{weight: 1, arbitrary: fc.constantFrom('\u001B[200~k\u001B[201~', 'kk', '\u001Bk', 'ky', '\u001B[Bk')},
	),
	{minLength: 2, maxLength: 6},
);

const modes: readonly (readonly string[])[] = [
	['--read-only'],
	['--read-only', '--confirm=always'],
	['--dry-run'],
	['--dry-run', '--confirm=always'],
];

const sends = /pg_(?:cancel|terminate)_backend/;
const sentIn = (recorder: Recorder) => recorder.raw().toString('latin1').match(sends)?.[0];
const cancels = (recorder: Recorder) => recorder.messages().filter(({type}) => type === 'cancel request');

async function openVictim(): Promise<number> {
	const victim = await openClient(cluster, {user: 'app', database: 'appdb', application: 'victim'});
	const {rows} = await victim.query<{pid: number}>('select pg_backend_pid() as pid');
	// The answer to the second statement shows that the first one runs no more, and that a sleep does is seen by the run.
	victim.query('select pg_sleep(600)').catch(() => {});
	const pid = rows[0]?.pid ?? 0;
	closers.push(async () => {
		await cluster.observe(`select pg_terminate_backend(${pid})`);
		await victim.end();
	});
	return pid;
}

/** A recorded run in which an active session is selected. */
async function startRecorded(flags: readonly string[]): Promise<{run: Run; recorder: Recorder; pid: number}> {
	const pid = await openVictim();
	const recorder = await startRecorder(cluster);
	closers.push(async () => recorder.close());
	const run = await startRun(cluster, {host: recorder.host, port: recorder.port, flags});
	closers.push(async () => run.close());
	await run.until(({server}) =>
		Boolean(server.snapshot?.backends.some(one => one.pid === pid && one.state === 'active')),
	);
	await run.select(pid);
	return {run, recorder, pid};
}

async function play(flags: readonly string[], sequence: readonly string[]): Promise<Recorder> {
	const {run, recorder} = await startRecorded(flags);
	for (const keys of sequence) await run.press(keys);
	await wait(100);
	return recorder;
}

const seed = Math.floor(Math.random() * 2 ** 31);
const sequences = [
	['c'],
	['k'],
	['k', 'y', 'k', 'y'],
	['\r', 'k', 'y'],
	...fc.sample(presses, {seed, numRuns: 36}),
];

test('whatever is pressed, with --read-only and --dry-run nothing that signals is on the wire', async () => {
	for (let at = 0; at < sequences.length; at += 8) {
		const recorders = await Promise.all(
			sequences.slice(at, at + 8).map(async (sequence, index) => ({
				sequence,
				recorder: await play(modes[index % modes.length] ?? [], sequence),
			})),
		);
		for (const {sequence, recorder} of recorders) {
			const found = {sent: sentIn(recorder), cancels: cancels(recorder)};
			expect(found, `seed ${seed}, ${JSON.stringify(sequence)}`).toEqual({sent: undefined, cancels: []});
			// The recording is one: what is looked for would have been in it.
			expect(recorder.raw().toString('latin1')).toContain('pg_stat_get_activity');
		}

		for (const close of closers.splice(0).reverse()) await close();
	}
});

test('the same keys do send without these flags', async () => {
	const seen = new Set<string>();
	for (const sequence of sequences) {
		const sent = sentIn(await play([], sequence));
		if (sent !== undefined) seen.add(sent);
		if (seen.size === 2) break;
	}

	expect([...seen].sort()).toEqual(['pg_cancel_backend', 'pg_terminate_backend']);
});

test.each<[how: string, times: number, flags: readonly string[]]>([
	['with --dry-run', 0, ['--dry-run']],
	['without', 1, []],
])('%s an overdue refresh is broken off %i times', async (_, times, flags) => {
	const {run, recorder, pid} = await startRecorded(flags);
	recorder.hold();
	// How long that takes depends on the refreshes before.
	await run.until(state => isOverdue(state, performance.now()));
	await run.press('k');
	if (times > 0) await expect.poll(() => cancels(recorder).length).toBe(times);
	else await run.until(({server}) => server.signals.length > 0);
	recorder.release();
	await run.says(
		times > 0
			? /ended \d\.\ds after k|had ended already/
			: new RegExp(`would end ${pid} app@appdb, nothing was sent`),
	);
	expect(cancels(recorder)).toHaveLength(times);
	expect(sentIn(recorder)).toBe(times > 0 ? 'pg_terminate_backend' : undefined);
});
