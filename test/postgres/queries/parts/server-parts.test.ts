import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {archivingAlarm} from '../../../../source/domain/server/alarms/archiving-alarm.js';
import {xminHorizon} from '../../../../source/domain/server/figures/xmin-horizon.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {servers} from '../../../helpers/server/servers.js';
import {openPgtop, visit} from '../../../helpers/session/scene.js';
import {waitUntil} from '../../../helpers/session/session.js';

const roles = ['postgres', 'mon', 'plain'] as const;

describe.each(servers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			settings: {
				wal_level: 'logical',
				autovacuum_max_workers: '4',
				superuser_reserved_connections: '5',
				...(major >= 16 && {reserved_connections: '2'}),
				...(major >= 13 && {max_slot_wal_keep_size: '2GB'}),
				archive_mode: 'on',
				archive_command: 'exit 7',
				synchronous_standby_names: 'any 1 ("št", b)',
				synchronous_commit: 'local',
			},
		});
	});

	afterAll(async () => cluster?.stop());

	test.each(roles)('%s reads the limits, and how old the ids of each database are', async user => {
		const {limits, wraparound, missing} = await (await openPgtop(cluster, {user})).sample();
		expect(missing).toEqual([]);
		expect(limits).toEqual({
			reservedConnections: major >= 16 ? 7 : 5,
			autovacuumWorkers: 4,
			freezeMaxAge: 200_000_000,
			multixactFreezeMaxAge: 400_000_000,
			...(major >= 14 && {failsafeAge: 1_600_000_000, multixactFailsafeAge: 1_600_000_000}),
			...(major >= 13 && {slotKeepBytes: 2 * 1024 ** 3}),
			synchronousStandbys: 'any 1 ("št", b)',
		});
		const rows = await cluster.observe<{database: string; age: number}>(
			'select datname as database, age(datfrozenxid) as age from pg_database order by 1',
		);
		const told = wraparound?.map(({database, xidAge}) => ({database, age: xidAge})) ?? [];
		expect(told.toSorted((a, b) => (a.database < b.database ? -1 : 1))).toEqual(rows);
	});

	test.each(roles)('%s sees the next transaction id go on, and the WAL grow', async user => {
		const pgtop = await openPgtop(cluster, {user});
		const first = await pgtop.sample();
		await cluster.observe('create table if not exists grown (id int)');
		await cluster.observe('insert into grown select generate_series(1, 1000)');
		const next = await pgtop.sample();
		expect(next.nextXid).toBeGreaterThan(first.nextXid ?? Infinity);
		expect((next.walBytes ?? 0) - (first.walBytes ?? 0)).toBeGreaterThan(10_000);
		const [row] = await cluster.observe<{bytes: string}>("select pg_current_wal_lsn() - '0/0' as bytes");
		expect(next.walBytes).toBeLessThanOrEqual(Number(row?.bytes));
		expect(next.receiver).toBeUndefined();
	});

	test.each(roles)('%s sees prepared transactions and slots, and who holds the xmin horizon', async user => {
		const pgtop = await openPgtop(cluster, {user});
		expect(await pgtop.sample()).toMatchObject({prepared: [], slots: [], standbys: [], vacuums: []});
		const app = await visit(cluster, {user: 'app'});
		onTestFinished(async () => {
			await cluster.observe("select pg_drop_replication_slot('kept')");
		});
		await cluster.observe("select pg_create_physical_replication_slot('kept', true)");
		await app.query("begin; create table made (id int); prepare transaction 'gid ž'");
		onTestFinished(async () => {
			await cluster.observe("rollback prepared 'gid ž'");
		});
		const picture = await pgtop.sample();
		const {prepared, slots, at} = picture;
		expect(prepared).toEqual([
			{
				gid: 'gid ž',
				owner: 'app',
				database: 'appdb',
				preparedAt: expect.any(Number),
				xid: expect.any(Number),
			},
		]);
		expect(prepared?.[0]?.preparedAt).toBeLessThan(at);
		expect(slots).toEqual([
			{
				name: 'kept',
				isActive: false,
				retainedBytes: expect.any(Number),
				...(major >= 13 && {walStatus: 'reserved'}),
			},
		]);
		for (let times = 0; times < 3; times++)
			await cluster.observe('create temporary table t (id int); drop table t');
		expect(xminHorizon(await pgtop.sample())).toMatchObject({
			age: expect.any(Number),
			holder: {type: 'prepared', prepared: {gid: 'gid ž'}},
		});
	});

	test.each(roles)('%s sees that archiving fails', async user => {
		const pgtop = await openPgtop(cluster, {user});
		await cluster.observe('select pg_switch_wal()');
		await waitUntil(cluster, '(select failed_count from pg_stat_archiver) > 0');
		const picture = await pgtop.sample();
		const {archiver} = picture;
		expect(archivingAlarm(picture)).toMatchObject([
			{isRed: true, text: expect.stringMatching(/^archiving failed [\d.]+s ago, nothing was archived yet$/)},
		]);
		expect(archiver).toEqual({
			mode: 'on',
			failures: expect.any(Number),
			failedAt: expect.any(Number),
			failedWal: expect.stringMatching(/^[0-9A-F]{24}$/),
		});
	});

	test.each(roles)('%s sees which sessions run a VACUUM', async user => {
		const pgtop = await openPgtop(cluster, {user});
		await cluster.observe('drop table if exists slow');
		await cluster.observe('create table slow as select generate_series(1, 20000) as id');
		await cluster.observe('delete from slow');
		const sweeper = await visit(cluster, {user: 'postgres'});
		await sweeper.query("set vacuum_cost_delay = '100ms'; set vacuum_cost_limit = 1");
		const running = sweeper.start('vacuum slow');
		await waitUntil(cluster, `exists (select from pg_stat_progress_vacuum where pid = ${sweeper.pid})`);
		expect((await pgtop.sample()).vacuums).toEqual([sweeper.pid]);
		await cluster.observe(`select pg_cancel_backend(${sweeper.pid})`);
		await running.catch(() => {});
	});
});
