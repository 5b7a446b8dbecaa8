import {once} from 'node:events';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Order} from '../../../../source/domain/signal/target.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {servers} from '../../../helpers/server/servers.js';
import {endOf, openPgtop, orderOn, visit, visitRunning} from '../../../helpers/session/scene.js';

const signals = ['cancel', 'terminate'] as const;

/** As if the session had been looked at with other values. */
const aimedAt = (order: Order, target: Partial<Order['target']>): Order => ({
	...order,
	target: {...order.target, ...target},
});

describe.each(servers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	test.each([
		['idle', 'select 1'],
		['idle in transaction', 'begin'],
		['idle in transaction (aborted)', 'begin; select 1/0'],
	])('k ends a session that is %s', async (state, text) => {
		const pgtop = await openPgtop(cluster);
		const victim = await visit(cluster);
		await endOf(victim, text);
		const farewell = once(victim.client, 'error');
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true, seen: {state}});
		expect(await farewell).toMatchObject([{code: '57P01'}]);
		await victim.untilGone();
	});

	test('k ends a session that runs a query', async () => {
		const pgtop = await openPgtop(cluster);
		const {victim, end} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true, seen: {state: 'active'}});
		expect(await end).toBe('57P01');
		await victim.untilGone();
	});

	test('k on a transaction ends that one, and any other only when told to', async () => {
		const pgtop = await openPgtop(cluster);
		const victim = await visit(cluster);
		await victim.query('begin');
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		for (const [text, state] of [
			['commit', 'idle'],
			['begin', 'idle in transaction'],
		] as const) {
			await victim.query(text);
			const answer = await pgtop.signal(order);
			expect(answer).toMatchObject({type: 'answered', seen: {state}, held: ['work']});
			expect(answer).not.toHaveProperty('sent');
		}

		expect(await pgtop.signal({...order, work: 'session'})).toMatchObject({sent: true});
		await victim.untilGone();
	});

	test.each(signals)('%s: a pid that nobody has any more gives no row', async signal => {
		const pgtop = await openPgtop(cluster);
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		await victim.end();
		await cluster.observe(`select pg_terminate_backend(${victim.pid})`);
		await victim.untilGone();
		expect(await pgtop.signal(order)).toEqual({
			type: 'answered',
			at: expect.any(Number),
			held: ['session', 'work'],
		});
	});

	test.each(signals)('%s: another session under the same pid is left alone', async signal => {
		const pgtop = await openPgtop(cluster);
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal, 'session');
		const {backendStart = 0, userId = 0} = order.target;
		const others = [
			aimedAt(order, {backendStart: backendStart + 1}),
			aimedAt(order, {backendStart: backendStart - 1}),
			aimedAt(order, {userId: userId + 1}),
		];
		const {backendStart: _, ...unseen} = order.target;
		for (const other of [...others, {...order, target: unseen}]) {
			const answer = await pgtop.signal(other);
			expect(answer).toMatchObject({
				type: 'answered',
				seen: {backendStart, userId, state: 'active'},
				held: ['session'],
			});
			expect(answer).not.toHaveProperty('sent');
		}

		expect(await victim.activity()).toMatchObject({state: 'active'});
	});

	test.each(signals)('%s: once it has expired nothing is sent, and the clock says why', async signal => {
		const pgtop = await openPgtop(cluster);
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		const {at: expiresAt} = await pgtop.sample();
		const answer = await pgtop.signal({...order, expiresAt});
		expect(answer).toMatchObject({type: 'answered', seen: {state: 'active'}, held: ['time']});
		expect(answer).not.toHaveProperty('sent');
		expect('at' in answer && answer.at).toBeGreaterThan(expiresAt);
		expect(await victim.activity()).toMatchObject({state: 'active'});
	});

	test.each(signals)('%s: another postmaster than that of the picture sends nothing', async signal => {
		const pgtop = await openPgtop(cluster);
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		const {startedAt = 0, ...others} = order;
		expect(startedAt).toBe((await pgtop.sample()).server.startedAt);
		for (const other of [startedAt - 1, startedAt + 1]) {
			const answer = await pgtop.signal({...order, startedAt: other});
			expect(answer).toMatchObject({type: 'answered', seen: {state: 'active'}, held: ['server']});
			expect(answer).not.toHaveProperty('sent');
		}

		expect(await victim.activity()).toMatchObject({state: 'active'});
		// Where this role could not read it nothing is compared.
		expect(await pgtop.signal(others)).toMatchObject({type: 'answered', sent: true, held: []});
	});

	test.each(signals)('%s never reaches our own session', async signal => {
		const pgtop = await openPgtop(cluster);
		const {ownPid} = await pgtop.sample();
		const order = await orderOn(pgtop, ownPid, signal, 'session');
		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({
			type: 'answered',
			isOwn: true,
			seen: {pid: ownPid, state: 'active'},
			held: [],
		});
		expect(answer).not.toHaveProperty('sent');
		expect((await pgtop.sample()).ownPid).toBe(ownPid);
	});
});
