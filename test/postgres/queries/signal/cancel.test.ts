import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {servers} from '../../../helpers/server/servers.js';
import {openPortal} from '../../../helpers/session/portal.js';
import {codeOf, openPgtop, orderOn, visit, visitRunning} from '../../../helpers/session/scene.js';
import {closeGates, gates} from './guard/gates.js';

describe.each(servers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(gates);
	});

	afterAll(async () => cluster?.stop());

	test('c cancels the query that was looked at', async () => {
		const pgtop = await openPgtop(cluster);
		const {victim, end} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		const answer = await pgtop.signal(order);
		const {id, ...seen} = order.target;
		expect(answer).toMatchObject({
			type: 'answered',
			sent: true,
			held: [],
			seen: {...seen, state: 'active'},
		});
		expect(answer).not.toHaveProperty('warning');
		expect(await end).toBe('57014');
		expect(await codeOf(victim.query('select 1'))).toBeUndefined();
		expect(id).toBe(`${victim.pid}@${seen.backendStart}`);
	});

	test.each([
		['the next query', 'select pause()', 'select pause() as other'],
		['the same query again', 'select pause()', 'select pause()'],
		['the next query of the transaction', 'begin; select pause()', 'select pause()'],
		['the same query in another transaction', 'begin; select pause(); end', 'begin; select pause(); end'],
	])('c does not reach %s', async (_, first, second) => {
		const pgtop = await openPgtop(cluster);
		const {openFirst} = await closeGates(cluster);
		const {victim, end} = await visitRunning(cluster, first);
		await victim.untilBlocked();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		await openFirst();
		await end;
		const next = codeOf(victim.query(second));
		await victim.untilBlocked();

		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({type: 'answered', seen: {state: 'active'}, held: ['work']});
		expect(answer).not.toHaveProperty('sent');
		const now = await orderOn(pgtop, victim.pid, 'cancel');
		expect(now.target.queryStart).not.toBe(order.target.queryStart);
		expect(await pgtop.signal(now)).toMatchObject({sent: true});
		expect(await next).toBe('57014');
	});

	test.each([
		['idle', ''],
		['idle in transaction', 'begin; '],
	])('c is not sent to a session that has become %s, or was so', async (state, begin) => {
		const pgtop = await openPgtop(cluster);
		const {openFirst} = await closeGates(cluster);
		const {victim, end} = await visitRunning(cluster, `${begin}select pause()`);
		await victim.untilBlocked();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		await openFirst();
		await end;

		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({
			type: 'answered',
			seen: {state, queryStart: order.target.queryStart},
			held: ['work'],
		});
		expect(answer).not.toHaveProperty('sent');
		const late = await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'));
		expect(late).toMatchObject({type: 'answered', seen: {state}, held: ['work']});
		expect(late).not.toHaveProperty('sent');
	});

	test('c reaches a cursor that is fetched in pieces, although each piece has its own query_start', async () => {
		const pgtop = await openPgtop(cluster);
		const victim = await visit(cluster);
		const cursor = openPortal(
			victim.client,
			'select case when i > 1 then pg_sleep(60)::text end from generate_series(1, 9) i',
		);
		cursor.bind();
		cursor.fetch(1);
		await victim.untilActive();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		cursor.fetch(1);
		for (;;) {
			const [look] = await pgtop.look([victim.pid]);
			if (look?.seen?.queryStart !== order.target.queryStart) break;
		}

		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({type: 'answered', sent: true, seen: {xactStart: order.target.xactStart}});
		expect('seen' in answer && answer.seen?.queryStart).not.toBe(order.target.queryStart);
		expect(await cursor.failure).toBe('57014');
	});

	test('c reaches a batch: the same statement again and again in one transaction', async () => {
		const pgtop = await openPgtop(cluster);
		const {openFirst} = await closeGates(cluster);
		const victim = await visit(cluster);
		const batch = openPortal(victim.client, 'select pause(), $1::text');
		for (const value of ['a', 'b']) {
			batch.bind(value);
			batch.fetch(0);
		}

		await victim.untilBlocked();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		await openFirst();
		for (;;) {
			const [look] = await pgtop.look([victim.pid]);
			if (look?.seen?.queryStart !== order.target.queryStart) break;
		}

		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
		expect(await batch.failure).toBe('57014');
	});
});
