import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {SessionLock} from '../../../../source/domain/locks/lock-row.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {endServers} from '../../../helpers/server/servers.js';
import {openPgtop, visit} from '../../../helpers/session/scene.js';
import {waitUntil} from '../../../helpers/session/session.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			settings: {max_locks_per_transaction: '256'},
		});
		await cluster.observe('create table item (id int, n int)');
		await cluster.observe('insert into item values (1, 0)');
		await cluster.observe('create schema audit');
		await cluster.observe('create table audit."lo""g ž" (id int)');
		await cluster.observe('grant all on item to public');
	});

	afterAll(async () => cluster?.stop());

	async function inspect(pid: number, {user = 'mon', isWhole = true} = {}) {
		const pgtop = await openPgtop(cluster, {user});
		const {inspection} = await (isWhole ? pgtop.inspect(pid) : pgtop.factsOf(pid));
		if (!inspection) throw new Error(`${pid} has ended`);
		return inspection;
	}

	/** In short: what stands in a line of the details. */
	const lines = (locks: readonly SessionLock[] = []) =>
		locks.map(
			({mode, isGranted, on, count}) =>
				`${isGranted ? '' : 'awaits '}${mode} ${on}${count > 1 ? ` ×${count}` : ''}`,
		);

	/** A superuser who has done this, and still has all its locks. */
	async function holds(text: string, options = {}) {
		const session = await visit(cluster, {user: 'postgres', ...options});
		await session.query(`begin; ${text}`);
		return session;
	}

	test.each(['postgres', 'mon', 'plain'])(
		'%s reads what a session waits for first, and then what it holds, the strongest first',
		async user => {
			await holds('lock table audit."lo""g ž" in share mode');
			const session = await holds('select n from item; lock table item in row exclusive mode');
			void session.start('lock table audit."lo""g ž" in exclusive mode');
			await session.untilBlocked();
			const {sessionLocks, locks, at} = await inspect(session.pid, {user});
			expect(lines(sessionLocks)).toEqual([
				'awaits ExclusiveLock relation audit.lo"g ž',
				'RowExclusiveLock relation item',
				'AccessShareLock relation item',
			]);
			expect(locks?.rows.map(({pids, isGranted}) => [pids.includes(session.pid), isGranted])).toEqual(
				expect.arrayContaining([
					[true, false],
					[false, true],
				]),
			);
			const [awaited, held] = sessionLocks ?? [];
			expect(held).not.toHaveProperty('since');
			if (major < 14) expect(awaited).not.toHaveProperty('since');
			else {
				expect(awaited?.since).toBeGreaterThan(at - 60_000_000);
				expect(awaited?.since).toBeLessThanOrEqual(at);
			}
		},
	);

	test('of a question they are not read, but who waits for whom', async () => {
		const {pid} = await holds('lock table item');
		const inspection = await inspect(pid, {isWhole: false});
		expect(inspection).not.toHaveProperty('sessionLocks');
		expect(inspection.locks).toMatchObject({rows: []});
	});

	test('a session without a transaction has none', async () => {
		expect((await inspect((await visit(cluster)).pid)).sessionLocks).toEqual([]);
	});

	test('of advisory locks both forms are told as they were taken', async () => {
		const {pid} = await holds(`
			select pg_advisory_lock(42), pg_advisory_lock(-1), pg_advisory_lock(9223372036854775807),
			       pg_advisory_xact_lock_shared(1, -2)`);
		expect(lines((await inspect(pid)).sessionLocks).toSorted()).toEqual(
			[
				'ExclusiveLock advisory 42',
				'ExclusiveLock advisory -1',
				'ExclusiveLock advisory 9223372036854775807',
				'ShareLock advisory (1,-2)',
			].toSorted(),
		);
	});

	test('of a row that is waited for its page and its place there are told, and whose transaction', async () => {
		const holder = await holds('update item set n = 1');
		const first = await visit(cluster);
		void first.start('update item set n = 2');
		await first.untilBlocked();
		const second = await visit(cluster);
		void second.start('update item set n = 3');
		await second.untilBlocked();
		const {sessionLocks, xid} = await inspect(holder.pid);
		expect(lines(sessionLocks)).toEqual([
			`ExclusiveLock transactionid ${xid}`,
			'RowExclusiveLock relation item',
		]);
		expect(lines((await inspect(first.pid)).sessionLocks)).toEqual([
			`awaits ShareLock transactionid ${xid}`,
			expect.stringMatching(/^ExclusiveLock transactionid \d+$/),
			expect.stringMatching(/^ExclusiveLock tuple \(0,\d\) of item$/),
			'RowExclusiveLock relation item',
		]);
		expect(lines((await inspect(second.pid)).sessionLocks)).toContainEqual(
			expect.stringMatching(/^awaits ExclusiveLock tuple \(0,\d\) of item$/),
		);
	});

	test('objects and virtual transactions that somebody waits for are told', async () => {
		const reader = await holds('set transaction isolation level repeatable read; select * from item');
		const builder = await visit(cluster, {user: 'postgres'});
		void builder.start('create index concurrently on item (n)');
		await builder.untilBlocked();
		expect(lines((await inspect(reader.pid)).sessionLocks)).toEqual([
			expect.stringMatching(/^ExclusiveLock virtualxid \d+\/\d+$/),
			'AccessShareLock relation item',
		]);
		expect(lines((await inspect(builder.pid)).sessionLocks)).toContainEqual(
			expect.stringMatching(/^awaits ShareLock virtualxid \d+\/\d+$/),
		);
		const dropper = await holds('create table audit.made (id int); drop schema audit cascade');
		expect(lines((await inspect(dropper.pid)).sessionLocks)).toContainEqual(
			expect.stringMatching(/^AccessExclusiveLock object \d+ of pg_namespace$/),
		);
	});

	test('in another database a table has its number, and the database its name', async () => {
		await cluster.observe('create database shop_archive');
		onTestFinished(async () => {
			await cluster.observe('drop database shop_archive');
		});
		const session = await holds('create table old (id int); lock table old; select pg_advisory_lock(7)', {
			database: 'shop_archive',
		});
		const read = lines((await inspect(session.pid)).sessionLocks);
		expect(read).toContainEqual(expect.stringMatching(/^AccessExclusiveLock relation \d+ in shop_archive$/));
		expect(read).toContainEqual('ExclusiveLock advisory 7 in shop_archive');
		expect(read).toContainEqual(expect.stringMatching(/^ExclusiveLock transactionid \d+$/));
	});

	test('of a thousand locks the first 200 are told, and those of parallel workers with their leader', async () => {
		const many = await holds('select pg_advisory_xact_lock(i) from generate_series(1, 1000) i');
		const {sessionLocks} = await inspect(many.pid);
		expect(sessionLocks).toHaveLength(200);
		if (major < 13) return;
		await cluster.observe('create table if not exists large as select i from generate_series(1, 100000) i');
		const leader = await holds(
			'set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0; set local min_parallel_table_scan_size = 0',
		);
		void leader.start('select pg_sleep(600) from large');
		await waitUntil(
			cluster,
			`exists (select from pg_stat_activity where leader_pid = ${leader.pid} and pid <> ${leader.pid} and wait_event = 'PgSleep')`,
		);
		const [locks] = (await inspect(leader.pid)).sessionLocks ?? [];
		expect(locks).toMatchObject({mode: 'AccessShareLock', on: 'relation large'});
		expect(locks?.count).toBeGreaterThan(1);
	});

	test('a locked pg_class costs no more than the names of tables', async () => {
		const session = await holds('lock table item in share mode; select pg_advisory_lock(1)');
		const pgtop = await openPgtop(cluster, {user: 'mon'});
		await pgtop.sample();
		const locker = await holds('lock table pg_class');
		onTestFinished(async () => {
			await locker.query('rollback');
		});
		const {inspection} = await pgtop.inspect(session.pid);
		expect(inspection).toMatchObject({
			backend: {state: 'idle in transaction'},
			locks: {rows: []},
			reasons: [],
		});
		const read = lines(inspection?.sessionLocks);
		expect(read).toEqual(['ExclusiveLock advisory 1', expect.stringMatching(/^ShareLock relation \d+$/)]);
		await locker.query('rollback; begin');
		await pgtop.rights();
		const again = await pgtop.inspect(session.pid);
		expect(lines(again.inspection?.sessionLocks)).toContain('ShareLock relation item');
	});

	test('without the right to read locks the details are there all the same', async () => {
		await cluster.observe('revoke execute on function pg_lock_status() from public');
		onTestFinished(async () => {
			await cluster.observe('grant execute on function pg_lock_status() to public');
		});
		const {pid} = await holds('lock table item');
		const inspection = await inspect(pid);
		expect(inspection).toMatchObject({text: 'begin; lock table item', reasons: []});
		expect(inspection).not.toHaveProperty('locks');
		expect(inspection).not.toHaveProperty('sessionLocks');
	});
});
