import {expect, test} from 'vitest';
import {newest} from '../../helpers/server/servers.js';
import {untilPidGone, waitUntil} from '../../helpers/session/session.js';
import {answerYes, selectBackground, setStage, told} from '../stage.js';

const is17 = newest.major >= 17;

const stage = setStage({
	settings: {
		autovacuum: 'on',
		archive_mode: 'on',
		archive_command: 'true',
		...(is17 && {summarize_wal: 'on'}),
	},
});

async function pidOf(type: string, condition = 'true'): Promise<number> {
	const of = `backend_type = '${type}' and ${condition}`;
	await waitUntil(stage.cluster, `exists (select from pg_stat_activity where ${of})`);
	const [row] = await stage.cluster.observe<{pid: number}>(
		`select pid from pg_stat_activity where ${of} order by pid limit 1`,
	);
	return row?.pid ?? 0;
}

const isRunning = async (pid: number) =>
	(await stage.cluster.observe(`select pid from pg_stat_activity where pid = ${pid}`)).length === 1;

test('processes that SQL can not signal are refused before anything is sent', async () => {
	const types = ['checkpointer', 'background writer', 'walwriter', 'archiver'];
	const all = [...types, ...(is17 ? ['walsummarizer'] : []), ...(newest.major >= 18 ? ['io worker'] : [])];
	const run = await stage.run();
	for (const type of all) {
		const pid = await pidOf(type);
		await selectBackground(run, pid);
		for (const key of ['c', 'k']) {
			await run.press(key);
			expect(run.status()).toBe(`${pid} is the ${type}: SQL can't signal it`);
		}
		expect(run.bottom()).not.toMatch(/k end|c cancel/);
		expect(await isRunning(pid)).toBe(true);
	}
	expect(await run.audit()).toEqual([]);
});

test("pgtop's own session is refused", async () => {
	const run = await stage.run();
	const own = run.state().server.snapshot?.ownPid ?? 0;
	await selectBackground(run, own);
	await run.press('k');
	await run.says(new RegExp(`${own} is pgtop itself`));
	expect(await run.audit()).toEqual([]);
});

test('a parallel worker is refused and names its leader; k on the leader ends both', async () => {
	const leader = await stage.session();
	await leader.query(`set ${newest.major >= 16 ? 'debug_parallel_query' : 'force_parallel_mode'} = on`);
	void leader.start('select pg_sleep(600)');
	const worker = await pidOf('parallel worker');
	const run = await stage.run();
	await run.select(worker);
	for (const key of ['c', 'k']) {
		await run.press(key);
		expect(run.status()).toBe(`${worker} is a worker of ${leader.pid}: select ${leader.pid}`);
	}
	expect(await run.audit()).toEqual([]);

	await run.select(leader.pid);
	await run.press('k');
	const {signal} = await told(run, new RegExp(`${leader.pid} ended \\d\\.\\ds after k`));
	expect(signal.pid).toBe(leader.pid);
	await untilPidGone(stage.cluster, worker);
	expect(await run.signalLines()).toHaveLength(1);
});

for (const [type, reason] of [
	['autovacuum launcher', /the autovacuum launcher: it starts again *$/m],
	['logical replication launcher', /the logical replication launcher: it starts again *$/m],
] as const) {
	test(`k on the ${type} asks first; y ends it`, async () => {
		const pid = await pidOf(type);
		const run = await stage.run();
		await selectBackground(run, pid);
		await answerYes(run, 'k', reason);
		const {signal, outcome} = await told(run, new RegExp(`${pid} ended \\d\\.\\ds after k`));
		expect(signal).toMatchObject({pid, type, signal: 'terminate'});
		expect(outcome.outcome).toBe('ended');
		expect(await isRunning(pid)).toBe(false);
	});
}

test('c on the autovacuum launcher asks first, and afterwards claims no query that was seen to end', async () => {
	const pid = await pidOf('autovacuum launcher');
	const run = await stage.run();
	await selectBackground(run, pid);
	const question = await answerYes(run, 'c', /it starts again/);
	expect(question).toContain(`c: send a cancel to process ${pid}?`);
	await run.until(({server}) => server.signals.some(({phase}) => phase.type !== 'asked'));
	// Nothing of it can be seen: it has neither state nor query.
	await run.until(({server}) =>
		server.signals.some(({phase}) => phase.type !== 'watched' || (phase.looks ?? 9) >= 3 || phase.sighting),
	);
	expect(await isRunning(pid)).toBe(true);
	expect(run.status()).not.toContain('query ended');
});

test('--confirm never leaves out that question', async () => {
	const pid = await pidOf('autovacuum launcher');
	const run = await stage.run({flags: ['--confirm=never']});
	await selectBackground(run, pid);
	await run.press('k');
	await told(run, new RegExp(`${pid} ended \\d\\.\\ds after k`));
});
