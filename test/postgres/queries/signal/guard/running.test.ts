import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {letIn, startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {fewServers} from '../../../../helpers/server/servers.js';
import {openPortal} from '../../../../helpers/session/portal.js';
import {codeOf, endOf, orderOn, visit, visitRunning} from '../../../../helpers/session/scene.js';
import {waitUntil} from '../../../../helpers/session/session.js';
import {closeGates, gates, isAtGate} from './gates.js';
import {openGuard} from './open-guard.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(gates);
	});

	afterAll(async () => cluster?.stop());

	test('k on a query in a transaction ends that transaction, whatever it has come to', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const {victim, end} = await visitRunning(cluster, 'begin; select pause()');
		await victim.untilBlocked();
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(order).toMatchObject({work: 'transaction', target: {state: 'active'}});
		expect(await guard.heldBy(order)).toEqual([]);
		await openFirst();
		await end;
		expect(await guard.heldBy(order)).toEqual([]);
		const next = endOf(victim, 'select pause()');
		await victim.untilBlocked();
		expect(await guard.heldBy(order)).toEqual([]);
		await cluster.observe(`select pg_cancel_backend(${victim.pid})`);
		expect(await next).toBe('57014');
		// It has failed as a whole: what the key was for is gone.
		expect(await guard.heldBy(order)).toEqual(['work']);
		await endOf(victim, 'rollback; begin');
		expect(await guard.heldBy(order)).toEqual(['work']);
	});

	test('k on a query without a transaction block ends that query, and none after it', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const {victim, end} = await visitRunning(cluster, 'select pause()');
		await victim.untilBlocked();
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(await guard.heldBy(order)).toEqual([]);
		await openFirst();
		await end;
		expect(await guard.heldBy(order)).toEqual(['work']);
		const next = endOf(victim, 'select pause()');
		await victim.untilBlocked();
		expect(await guard.heldBy(order)).toEqual(['work']);
		expect(await guard.heldBy({...order, work: 'session'})).toEqual([]);
		expect(await guard.signal({...order, work: 'session'})).toMatchObject({sent: true});
		expect(await next).toBe('57P01');
	});

	test('k on a session that was idle is held back while it runs a query', async () => {
		const guard = await openGuard(cluster);
		const {openFirst} = await closeGates(cluster);
		const victim = await visit(cluster);
		const order = await orderOn(guard, victim.pid, 'terminate');
		const end = endOf(victim, 'select pause()');
		await victim.untilBlocked();
		expect(await guard.heldBy(order)).toEqual(['work']);
		await openFirst();
		await end;
		expect(await guard.heldBy(order)).toEqual([]);
	});

	/** What commits on the way, in a session that does it, and waits once before and once after a commit. */
	async function committing() {
		if (major >= 11) {
			const {openFirst, openSecond} = await closeGates(cluster);
			const {victim, end} = await visitRunning(
				cluster,
				'do $$ begin perform pause(); commit; perform pause(); end $$',
			);
			const isAt = (gate: number) => waitUntil(cluster, isAtGate(victim.pid, gate));
			return {victim, end, openFirst, openSecond, isAt};
		}

		// Without procedures it is VACUUM that has a transaction for each table.
		await cluster.observe(
			'create table if not exists first (id int); create table if not exists second (id int)',
		);
		const locker = await visit(cluster, {user: 'postgres'});
		const other = await visit(cluster, {user: 'postgres'});
		await locker.query('begin; lock table first');
		await other.query('begin; lock table second');
		const victim = await visit(cluster, {user: 'postgres'});
		const end = endOf(victim, 'vacuum');
		const isAt = (gate: number) =>
			waitUntil(
				cluster,
				`exists (select from pg_locks where pid = ${victim.pid} and not granted
				         and relation = '${gate === 1 ? 'first' : 'second'}'::regclass)`,
			);
		const open = (session: typeof locker) => () => session.query('rollback');
		return {victim, end, openFirst: open(locker), openSecond: open(other), isAt};
	}

	test('one query that commits on the way stays the same work for c and for k', async () => {
		const guard = await openGuard(cluster);
		const {victim, end, openFirst, openSecond, isAt} = await committing();
		await isAt(1);
		const orders = [
			await orderOn(guard, victim.pid, 'terminate'),
			await orderOn(guard, victim.pid, 'cancel'),
		] as const;
		expect(orders.map(({work}) => work)).toEqual(['transaction', 'query']);
		await openFirst();
		await isAt(2);
		const now = await orderOn(guard, victim.pid, 'terminate');
		expect(now.target.queryStart).toBe(orders[0].target.queryStart);
		// All those of a VACUUM are told to begin with it.
		expect(now.target.xactStart === orders[0].target.xactStart).toBe(major < 11);
		for (const order of orders) expect(await guard.heldBy(order)).toEqual([]);
		await openSecond();
		expect(await end).toBeUndefined();
		for (const order of orders) expect(await guard.heldBy(order)).toEqual(['work']);
	});

	test.each(['cancel', 'terminate'] as const)(
		'%s ends a query that has committed on the way',
		async signal => {
			const guard = await openGuard(cluster);
			const {victim, end, openFirst, isAt} = await committing();
			await isAt(1);
			const order = await orderOn(guard, victim.pid, signal);
			await openFirst();
			await isAt(2);
			expect(await guard.signal(order)).toMatchObject({type: 'answered', sent: true, held: []});
			expect(await end).toBe(signal === 'cancel' ? '57014' : '57P01');
		},
	);

	test('a query that has failed while its driver holds back its Sync has no transaction, and is one', async () => {
		const guard = await openGuard(cluster);
		const victim = await visit(cluster);
		const idle = await orderOn(guard, victim.pid, 'terminate');
		const portal = openPortal(victim.client, 'select 1/0');
		portal.bind();
		portal.fetch(0);
		expect(await portal.failure).toBe('22012');
		await waitUntil(
			cluster,
			`exists (select from pg_stat_activity where pid = ${victim.pid} and state = 'active' and xact_start is null)`,
		);
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(order).toMatchObject({work: 'statement', target: {state: 'active'}});
		expect(order.target).not.toHaveProperty('xactStart');
		expect(await guard.heldBy(order)).toEqual([]);
		expect(idle.work).toBe('idle');
		expect(await guard.heldBy(idle)).toEqual(['work']);
		portal.sync();
		expect(await codeOf(victim.query('select 1'))).toBeUndefined();
		expect(await guard.heldBy(order)).toEqual(['work']);
		const {openFirst} = await closeGates(cluster);
		const next = endOf(victim, 'select pause()');
		await victim.untilBlocked();
		expect(await guard.heldBy(order)).toEqual(['work']);
		await openFirst();
		await next;
	});

	if (major >= 18)
		test('a login that is under way has to be so still', async () => {
			await cluster.observe("create role late login password 'secret'");
			await letIn(cluster, 'late', 'scram-sha-256');
			const guard = await openGuard(cluster);
			const {host, port} = cluster;
			let answer: (password: string) => void = () => {};
			const password = new Promise<string>(resolve => {
				answer = resolve;
			});
			const client = new Client({
				host,
				port,
				user: 'late',
				database: 'appdb',
				password: async () => password,
			});
			const connected = client.connect();
			onTestFinished(async () => client.end());
			await waitUntil(cluster, "exists (select from pg_stat_activity where state = 'starting')");
			const {backends} = await guard.sample();
			const pid = backends.find(({state}) => state === 'starting')?.pid ?? 0;
			const order = await orderOn(guard, pid, 'terminate');
			expect(order).toMatchObject({work: 'login', target: {state: 'starting'}});
			expect(await guard.heldBy(order)).toEqual([]);
			answer('secret');
			await connected;
			expect(await guard.heldBy(order)).toEqual(['work']);
			expect(await client.query('select 1')).toMatchObject({rowCount: 1});
		});
});
