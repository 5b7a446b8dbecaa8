import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {startProxy} from '../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers, newest} from '../helpers/server/servers.js';
import {backendOf, codeOf, logOf, openPgtop, orderOn, timesIn, visit} from '../helpers/session/scene.js';

const unneededRollback = 'there is no transaction in progress';

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => {
		const log = cluster && (await logOf(cluster));
		await cluster?.stop();
		expect(log).not.toContain(unneededRollback);
	});

	/** A session that runs a query, and one that keeps every picture from being taken: it holds `pg_database`. */
	async function stage() {
		const victim = await visit(cluster);
		const running = codeOf(victim.query('select pg_sleep(60)'));
		await victim.untilActive();
		const blocker = await visit(cluster, {user: 'postgres'});
		let isBlocked = false;
		const unblock = async () => {
			isBlocked = false;
			await blocker.query('rollback');
		};

		// Before anything else is tidied up, which would wait for it.
		onTestFinished(async () => {
			if (isBlocked) await unblock();
		});
		return {
			victim,
			running,
			async block() {
				isBlocked = true;
				await blocker.query('begin; lock table pg_database in access exclusive mode');
			},
			unblock,
		};
	}

	const settings = async ({client}: Awaited<ReturnType<typeof openPgtop>>) => {
		const {rows} = await client.query(
			`select name, setting, source from pg_settings
			  where name in ('search_path', 'statement_timeout', 'lock_timeout', 'client_encoding', 'TimeZone', 'transaction_read_only')`,
		);
		return rows;
	};

	test('a refresh is one round trip: all of it is sent before anything is answered', async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		proxy.hold();
		const picture = pgtop.sample();
		await proxy.untilSent('begin ');
		await proxy.untilSent('commit');
		proxy.release();
		expect((await picture).backends).not.toEqual([]);
	});

	test('a signal and a look do not wait for the answers of the refresh before them', async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		const {victim, running} = await stage();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		proxy.hold();
		const picture = pgtop.sample();
		const answer = pgtop.signal(order);
		const looks = pgtop.look([victim.pid]);
		expect(await running).toBe('57014');
		await proxy.untilSent('lateral');
		proxy.release();
		expect(await answer).toMatchObject({type: 'answered', sent: true});
		expect((await picture).backends).not.toEqual([]);
		expect(await looks).toMatchObject([{pid: victim.pid, seen: {pid: victim.pid}}]);
	});

	test('a part that is stuck is left out and named, and the rest is there', async () => {
		const pgtop = await openPgtop(cluster);
		const {victim, block, unblock} = await stage();
		const before = await backendOf(pgtop, victim.pid);
		await block();
		const picture = await pgtop.sample();
		const why = expect.stringMatching(/^pg_(?:authid|class|database|namespace) was locked by \d+$/);
		expect(picture.missing).toEqual([
			{part: 'databases', name: 'names of databases', why, isForNow: true},
			{part: 'counters', name: 'tps and hit ratio', why, isForNow: true},
			{part: 'wraparound', name: 'wraparound', why, isForNow: true},
			{part: 'prepared', name: 'prepared transactions', why, isForNow: true},
		]);
		expect(picture.counters).toBeUndefined();
		expect(picture.server).toMatchObject({recovery: 'PRIMARY', startedAt: expect.any(Number)});
		// The names are those that were read last; what is not known has its number.
		expect(picture.backends.find(({pid}) => pid === victim.pid)).toEqual(before);
		// Without what is left out nothing has to wait any more.
		const next = await pgtop.sample(['recovery', 'start']);
		expect(next.missing).toEqual([]);
		expect((await pgtop.inspect(victim.pid)).inspection?.backend).toMatchObject({user: 'app'});
		await unblock();
		expect(await pgtop.sample()).toMatchObject({missing: [], counters: {commits: expect.any(Number)}});
		expect(pgtop.losses).toEqual([]);
	});

	test('with the catalogues locked there is a picture even when nothing of them is cached any more', async () => {
		const pgtop = await openPgtop(cluster);
		await pgtop.sample();
		const {victim, block, unblock} = await stage();
		// So many changes of catalogues that a session which slept through them has to forget all it knew.
		const busy = await visit(cluster, {user: 'postgres'});
		await busy.query(
			`do $$ begin for i in 1 .. 700 loop execute 'create temporary table t' || i || ' (id int)'; execute 'drop table t' || i; end loop; end $$`,
		);
		await block();
		const picture = await pgtop.sample();
		// Our own name it may have read anew a moment before.
		const missing = picture.missing.map(({part}) => part).filter(part => part !== 'self');
		expect(missing).toEqual(['databases', 'counters', 'wraparound', 'prepared']);
		expect(picture.server).toMatchObject({user: 'postgres', database: 'appdb', recovery: 'PRIMARY'});
		expect(picture.backends.find(({pid}) => pid === victim.pid)).toMatchObject({
			state: 'active',
			database: 'appdb',
		});
		await unblock();
	});

	test.each(['pg_database', 'pg_authid'])(
		'with %s locked sessions can still be ended and looked at',
		async table => {
			const pgtop = await openPgtop(cluster);
			const {victim, running} = await stage();
			const order = await orderOn(pgtop, victim.pid, 'terminate');
			const blocker = await visit(cluster, {user: 'postgres'});
			await blocker.query(`begin; lock table ${table} in access exclusive mode`);
			expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
			expect(await running).toBe('57P01');
			await expect(pgtop.look([blocker.pid])).resolves.toMatchObject([
				{seen: {state: 'idle in transaction'}},
			]);
			await blocker.query('rollback');
		},
	);

	// What follows waits for limits of five seconds, and depends on nothing of the server.
	if (binaries !== newest) return;

	test('whatever was asked, and whatever came of it, the session is as it was', async () => {
		const pgtop = await openPgtop(cluster, {user: 'monsig'});
		const before = await settings(pgtop);
		const {victim, block, unblock} = await stage();
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		await pgtop.look([victim.pid]);
		expect(await pgtop.signal({...order, target: {...order.target, pid: cluster.pid()}})).toEqual({
			type: 'answered',
			at: expect.any(Number),
			held: ['session', 'work'],
		});
		await block();
		expect((await pgtop.sample()).missing).not.toEqual([]);
		await unblock();
		expect(await settings(pgtop)).toEqual(before);
		expect((pgtop.client as unknown as {getTransactionStatus(): string}).getTransactionStatus()).toBe('I');
	});

	test('a signal behind a refresh that fails goes out all the same, once', async () => {
		const pgtop = await openPgtop(cluster);
		const {victim, running, block, unblock} = await stage();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		const before = timesIn(await logOf(cluster), 'due to user request');
		await block();
		const picture = pgtop.sample();
		const answer = pgtop.signal(order);
		expect((await picture).missing).not.toEqual([]);
		expect(await answer).toMatchObject({type: 'answered', sent: true});
		expect(await running).toBe('57014');
		await unblock();
		await pgtop.sample();
		expect(timesIn(await logOf(cluster), 'due to user request') - before).toBe(1);
	});

	test('the same when both answers arrive in one piece', async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		const {victim, running, block, unblock} = await stage();
		const {ownPid} = await pgtop.sample();
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		await block();
		proxy.hold();
		const picture = codeOf(pgtop.sample());
		const answer = pgtop.signal(order);
		expect(await running).toBe('57014');
		proxy.release();
		await picture;
		expect(await answer).toMatchObject({type: 'answered', sent: true});
		await unblock();
		expect((await pgtop.sample()).ownPid).toBe(ownPid);
	});
});
