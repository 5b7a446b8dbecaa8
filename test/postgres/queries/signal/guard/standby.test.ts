import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {fewServers} from '../../../../helpers/server/servers.js';
import {callFast} from '../../../../helpers/session/fastpath.js';
import {endOf, orderOn, visit} from '../../../../helpers/session/scene.js';
import {type Session, waitUntil} from '../../../../helpers/session/session.js';
import {openGuard} from './open-guard.js';

const signals = ['cancel', 'terminate'] as const;

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			// A standby that never comes; only who says so waits for it.
			settings: {synchronous_standby_names: 'nobody', synchronous_commit: 'local'},
		});
		await cluster.observe(`
			create table written (what text);
			grant all on written to public;
			create function write() returns void language sql security definer
				as 'insert into public.written values (''fast'')'`);
	});

	afterAll(async () => cluster?.stop());

	const untilWaiting = ({pid}: Session) =>
		waitUntil(cluster, `exists (select from pg_stat_activity where pid = ${pid} and wait_event = 'SyncRep')`);

	async function visitStrict() {
		const victim = await visit(cluster);
		await victim.query('set synchronous_commit = on');
		return victim;
	}

	test('k on a transaction is held back when that has come to wait for the standby, unless that was asked', async () => {
		const guard = await openGuard(cluster);
		const victim = await visitStrict();
		await victim.query("begin; insert into written values ('block')");
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(await guard.heldBy(order)).toEqual([]);
		expect((await guard.factsOf(victim.pid)).inspection?.reasons).toEqual([]);

		const end = endOf(victim, 'commit');
		await untilWaiting(victim);
		expect(await guard.heldBy(order)).toEqual(['standby']);
		expect(await guard.heldBy({...order, asked: ['index', 'statement', 'comment']})).toEqual(['standby']);
		expect(await guard.heldBy({...order, asked: ['standby']})).toEqual([]);
		expect(await guard.heldBy({...order, work: 'session'})).toEqual(['standby']);
		expect((await guard.factsOf(victim.pid)).inspection?.reasons).toEqual(['standby']);
		expect(await guard.signal({...order, asked: ['standby']})).toMatchObject({sent: true});
		await end;
		await victim.untilGone();
		expect(await cluster.observe("select from written where what = 'block'")).toHaveLength(1);
	});

	test('c that was asked about ends the wait alone: what was written is committed', async () => {
		const guard = await openGuard(cluster);
		const victim = await visitStrict();
		const end = endOf(victim, "insert into written values ('alone')");
		await untilWaiting(victim);
		const order = await orderOn(guard, victim.pid, 'cancel');
		expect(await guard.heldBy(order)).toEqual(['standby']);
		expect(await guard.signal({...order, asked: ['standby']})).toMatchObject({
			type: 'answered',
			sent: true,
			held: [],
			seen: {state: 'active', wait: {type: 'IPC', name: 'SyncRep'}},
		});
		expect(await end).toBeUndefined();
		expect(await cluster.observe("select from written where what = 'alone'")).toHaveLength(1);
	});

	test.each(signals)('%s: a transaction that is prepared waits for the standby, too', async signal => {
		const guard = await openGuard(cluster);
		const victim = await visitStrict();
		await victim.query("begin; insert into written values ('prepared')");
		const preparing = endOf(victim, `prepare transaction '${signal}'`);
		await untilWaiting(victim);
		const order = await orderOn(guard, victim.pid, signal);
		expect(await guard.heldBy(order)).toEqual(['standby']);
		await cluster.observe(`select pg_cancel_backend(${victim.pid})`);
		expect(await preparing).toBeUndefined();

		const committing = endOf(victim, `commit prepared '${signal}'`);
		await untilWaiting(victim);
		const next = await orderOn(guard, victim.pid, signal);
		expect(await guard.heldBy(next)).toEqual(['standby', 'statement']);
		expect(await guard.heldBy({...next, asked: ['statement']})).toEqual(['standby']);
		expect(await guard.heldBy({...next, asked: ['standby']})).toEqual(['statement']);
		expect(await guard.heldBy({...next, asked: ['standby', 'statement']})).toEqual([]);
		expect((await guard.factsOf(victim.pid)).inspection?.reasons).toEqual(['standby', 'statement']);
		await cluster.observe(`select pg_cancel_backend(${victim.pid})`);
		expect(await committing).toBeUndefined();
	});

	test.each(signals)('%s: a function that was called by the fast path may wait for it', async signal => {
		const guard = await openGuard(cluster);
		const [row] = await cluster.observe<{oid: number}>("select 'write()'::regprocedure::oid::int as oid");
		const victim = await visitStrict();
		const end = callFast(victim.client, row?.oid ?? 0);
		await untilWaiting(victim);
		expect(await victim.activity()).toMatchObject({state: 'fastpath function call'});
		const order = await orderOn(guard, victim.pid, signal);
		expect(await guard.heldBy(order)).toEqual(['standby']);
		expect((await guard.factsOf(victim.pid)).inspection?.reasons).toEqual(['standby']);
		await cluster.observe(`select pg_cancel_backend(${victim.pid})`);
		expect(await end).toBeUndefined();
	});

	// Before 14 no wait is told of it.
	if (binaries.major >= 14)
		test('the wait of a session whose activity is not tracked is seen all the same', async () => {
			const guard = await openGuard(cluster);
			const victim = await visit(cluster, {user: 'postgres'});
			await victim.query('set synchronous_commit = on; set track_activities = off');
			const end = endOf(victim, "insert into written values ('untracked')");
			await untilWaiting(victim);
			const order = await orderOn(guard, victim.pid, 'terminate');
			expect(order.target.state).toBe('disabled');
			expect(await guard.heldBy(order)).toEqual(['standby']);
			await cluster.observe(`select pg_cancel_backend(${victim.pid})`);
			expect(await end).toBeUndefined();
		});
});
