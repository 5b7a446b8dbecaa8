import {beforeAll, expect, test} from 'vitest';
import {openSession, waitUntil} from '../../helpers/session/session.js';
import {
	answerTooSoon,
	answerYes,
	asked,
	letGo,
	setStage,
	told,
	untilLookedAt,
	untilRead,
	untilSoonEnough,
} from '../stage.js';

// A standby that never comes: every commit that writes waits for it.
const stage = setStage({isConcurrent: true, settings: {synchronous_standby_names: 'missing'}});

beforeAll(async () => {
	const admin = await openSession(stage.cluster, {user: 'postgres'});
	await admin.query('set synchronous_commit = local');
	await admin.query('create table orders (id int)');
	await admin.query('grant all on orders to app');
	await admin.end();
});

async function writer(id: number) {
	const victim = await stage.session();
	await victim.query('begin');
	await victim.query(`insert into orders values (${id})`);
	return {
		victim,
		/** Commits, or prepares to, and waits. */
		async commits(text = 'commit') {
			const committed = victim.start(text).catch((error: unknown) => error);
			await waitUntil(
				stage.cluster,
				`exists (select from pg_stat_activity where pid = ${victim.pid} and wait_event = 'SyncRep')`,
			);
			return {committed};
		},
	};
}

async function waitingCommit(id: number, text?: string) {
	const {victim, commits} = await writer(id);
	return {victim, ...(await commits(text))};
}

const isThere = async (id: number) => stage.cluster.observe(`select id from orders where id = ${id}`);

const question =
	/is committed here: (?:c only ends the wait for the standby|k ends the session before the standby has\s+it),\s+and\s+a\s+failover\s+may\s+lose\s+it/;
const stopped = /stopped waiting for the standby \d\.\ds after c: committed here/;

test.concurrent('k on a commit that waits for the standby asks first; the commit stays', async () => {
	const {victim} = await waitingCommit(1);
	const run = await stage.run();
	await run.select(victim.pid);
	expect(await answerYes(run, 'k', question)).toContain('has written');
	const {signal, outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({signal: 'terminate', wait: 'IPC:SyncRep', query: 'commit'});
	expect(outcome.outcome).toBe('ended');
	expect(await isThere(1)).toEqual([{id: 1}]);
	expect(await stage.logOf(victim.pid)).toMatch(/canceling the wait for synchronous replication/);
});

test.concurrent('c on a commit that waits for the standby asks first, ends only the wait, and claims no more than that', async () => {
	const {victim, committed} = await waitingCommit(2);
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	await run.says(question);
	await run.press('n');
	await run.says(/c: no, nothing was sent/);
	expect(await run.signalLines()).toEqual([]);
	expect(await victim.activity()).toMatchObject({wait_event: 'SyncRep'});

	await letGo(run);
	await answerYes(run, 'c', question);
	const {signal, outcome} = await told(run, stopped);
	expect(signal).toMatchObject({signal: 'cancel', wait: 'IPC:SyncRep'});
	expect(outcome.outcome).toBe('stopped waiting');
	expect(await committed).toBeUndefined();
	expect(await isThere(2)).toEqual([{id: 2}]);
	expect(await stage.logOf(victim.pid)).toMatch(
		/canceling wait for synchronous replication due to user request/,
	);
});

test.concurrent('of PREPARE TRANSACTION that waits for the standby it is said that it is prepared here', async () => {
	const {victim, committed} = await waitingCommit(3, "prepare transaction 'orders 3'");
	try {
		const run = await stage.run();
		await run.select(victim.pid);
		await answerYes(run, 'c', /is prepared here: c only ends the wait for the standby/);
		const {outcome} = await told(run, /stopped waiting for the standby \d\.\ds after c: prepared here/);
		expect(outcome.outcome).toBe('stopped waiting');
		// The wait is over before the transaction is let go, and until then nobody else can end it.
		expect(await committed).toBeUndefined();
		expect(await isThere(3)).toEqual([]);
		expect(await stage.cluster.observe('select gid from pg_prepared_xacts')).toEqual([{gid: 'orders 3'}]);
		expect(await stage.logOf(victim.pid)).toMatch(
			/canceling wait for synchronous replication due to user request/,
		);
	} finally {
		await stage.cluster.observe('set synchronous_commit = local');
		await stage.cluster.observe("rollback prepared 'orders 3'");
	}
});

/** Of rows that no other test here writes. */
let ids = 100;

for (const key of ['k', 'c'] as const) {
	test.concurrent(`${key} on a commit that has begun to wait after the picture sends nothing: the question opens by itself, and takes longer to be read`, async () => {
		const {id, victim, run} = await untilSoonEnough(async () => {
			const id = ++ids;
			const {victim, commits} = await writer(id);
			// One that c can cancel goes over into the wait.
			const keeper = await stage.session();
			await keeper.query(`select pg_advisory_lock(${id})`);
			const waiting = commits(`select pg_advisory_xact_lock(${id}); commit`);
			await victim.untilBlocked();
			const run = await stage.run();
			await run.select(victim.pid);
			await untilLookedAt(run, ({wait}) => wait?.type === 'Lock');
			await run.press('p');
			await keeper.query(`select pg_advisory_unlock(${id})`);
			await waiting;
			await run.press(key);
			const first = await told(run, /was not signalled: it waits for the standby by now/);
			expect(first.outcome.outcome).toBe('held back');
			await run.says(question);
			if (!(await answerTooSoon(run))) return undefined;
			expect(run.bottom()).toMatch(/y ignored: the question was not on the screen long enough/);
			// Long enough for a question that a key has opened.
			await run.until(({screen}) => {
				const [layer] = screen.layers;
				return layer.type === 'question' && performance.now() - (layer.drawnAt ?? Infinity) > 700;
			});
			return (await answerTooSoon(run)) ? {id, victim, run} : undefined;
		});
		expect(run.bottom()).toMatch(/y ignored/);
		expect(await run.signalLines()).toHaveLength(1);
		expect(await victim.activity()).toMatchObject({wait_event: 'SyncRep'});
		expect(await stage.logOf(victim.pid)).not.toMatch(/cancel|terminating/);

		await untilRead(run);
		await run.press('y');
		await told(run, key === 'k' ? new RegExp(`${victim.pid} ended \\d\\.\\ds after k`) : stopped);
		expect(await run.signalLines()).toHaveLength(2);
		expect(await isThere(id)).toEqual([{id}]);
		expect(await stage.logOf(victim.pid)).toMatch(/canceling (the )?wait for synchronous replication/);
	});
}

test.concurrent('a commit that begins to wait while the question is open is told of in it, and has to be read', async () => {
	const {victim, run} = await untilSoonEnough(async () => {
		const {victim, commits} = await writer(++ids);
		const run = await stage.run({flags: ['--confirm=always']});
		await run.select(victim.pid);
		expect(await asked(run, 'k', /k: end the session of/)).not.toMatch(question);
		await commits();
		await run.says(question);
		return (await answerTooSoon(run)) ? {victim, run} : undefined;
	});
	expect(run.bottom()).toMatch(/y ignored: the question was not on the screen long enough/);
	expect(await run.audit()).toEqual([]);
	await untilRead(run);
	await run.press('y');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await stage.logOf(victim.pid)).toMatch(/canceling the wait for synchronous replication/);
});
