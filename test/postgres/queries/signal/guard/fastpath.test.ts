import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {fewServers} from '../../../../helpers/server/servers.js';
import {callFast} from '../../../../helpers/session/fastpath.js';
import {endOf, orderOn, visit, visitRunning} from '../../../../helpers/session/scene.js';
import type {Session} from '../../../../helpers/session/session.js';
import {closeGates, gates} from './gates.js';
import {openGuard} from './open-guard.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;
	let pause: number;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(gates);
		const [row] = await cluster.observe<{oid: number}>("select 'pause()'::regprocedure::oid::int as oid");
		pause = row?.oid ?? 0;
	});

	afterAll(async () => cluster?.stop());

	/** The victim calls pause() by libpq's fast path, and waits there. */
	async function call(victim: Session) {
		const end = callFast(victim.client, pause);
		await victim.untilBlocked();
		expect(await victim.activity()).toMatchObject({state: 'fastpath function call'});
		return {end};
	}

	test.each(['', 'begin; '])(
		'c on a held picture of "%sselect pause()" does not reach a call that began after it',
		async begin => {
			const guard = await openGuard(cluster);
			const {openFirst} = await closeGates(cluster);
			const {victim, end} = await visitRunning(cluster, `${begin}select pause()`);
			await victim.untilBlocked();
			const order = await orderOn(guard, victim.pid, 'cancel');
			expect(await guard.heldBy(order)).toEqual([]);
			await openFirst();
			await end;
			await call(victim);
			// A call keeps the start and the text of the query before it.
			const now = await orderOn(guard, victim.pid, 'cancel');
			expect(now.target).toMatchObject({
				queryStart: order.target.queryStart,
				hash: order.target.hash,
				state: 'fastpath function call',
			});
			expect(await guard.heldBy(order)).toEqual(['work']);
			expect(await guard.heldBy(now)).toEqual([]);
		},
	);

	test('c on a call reaches that call, and none after it', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const victim = await visit(cluster);
		await victim.query('begin');
		const first = await call(victim);
		const order = await orderOn(guard, victim.pid, 'cancel');
		expect(order.work).toBe('query');
		expect(await guard.heldBy(order)).toEqual([]);
		await openFirst();
		expect(await first.end).toBeUndefined();
		expect(await guard.heldBy(order)).toEqual(['work']);
		const second = await call(victim);
		const now = await orderOn(guard, victim.pid, 'cancel');
		expect(now.target.xactStart).toBe(order.target.xactStart);
		expect(await guard.heldBy(order)).toEqual(['work']);
		expect(await guard.signal(now)).toMatchObject({type: 'answered', sent: true, held: []});
		expect(await second.end).toBe('57014');
	});

	test('k on a call alone is for that call', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const victim = await visit(cluster);
		const first = await call(victim);
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(order).toMatchObject({work: 'call', target: {state: 'fastpath function call'}});
		// A picture may show the state before the transaction.
		const {xactStart: _, ...target} = order.target;
		const orders = [order, {...order, target}];
		for (const one of orders) expect(await guard.heldBy(one)).toEqual([]);
		await openFirst();
		await first.end;
		for (const one of orders) expect(await guard.heldBy(one)).toEqual(['work']);
		const second = await call(victim);
		for (const one of orders) expect(await guard.heldBy(one)).toEqual(['work']);
		expect(await guard.signal(await orderOn(guard, victim.pid, 'terminate'))).toMatchObject({sent: true});
		expect(await second.end).toBe('57P01');
	});

	test('k on a call within a transaction is for that transaction', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const victim = await visit(cluster);
		await victim.query('begin');
		const first = await call(victim);
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(order.work).toBe('call');
		await openFirst();
		await first.end;
		expect(await guard.heldBy(order)).toEqual([]);
		await call(victim);
		expect(await guard.heldBy(order)).toEqual([]);
		await cluster.observe(`select pg_cancel_backend(${victim.pid})`);
		expect(await endOf(victim, 'rollback; begin')).toBeUndefined();
		expect(await guard.heldBy(order)).toEqual(['work']);
	});

	test('k on an idle session is held back while it runs a call', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const victim = await visit(cluster);
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(order.work).toBe('idle');
		const {end} = await call(victim);
		expect(await guard.heldBy(order)).toEqual(['work']);
		await openFirst();
		await end;
		expect(await guard.heldBy(order)).toEqual([]);
	});
});
