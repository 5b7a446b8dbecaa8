import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {snapshotWords} from '../../../source/domain/session/words/snapshot-words.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers} from '../../helpers/server/servers.js';
import {openPgtop, visit} from '../../helpers/session/scene.js';
import {waitUntil} from '../../helpers/session/session.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {wal_level: 'logical'}});
		await cluster.observe(`
			create table wide (a int, b int, c int) with (autovacuum_enabled = off);
			insert into wide select i, i, i from generate_series(1, 20000) i;
			create index on wide (a);
			create index on wide (b);
			create index on wide (c);
			delete from wide where a % 2 = 0`);
	});

	afterAll(async () => cluster?.stop());

	const has = (pid: number, condition: string) =>
		waitUntil(cluster, `exists (select from pg_stat_get_activity(${pid}) where ${condition})`);

	/** What the details of a session read. */
	async function readOf(pid: number, user = 'postgres') {
		const pgtop = await openPgtop(cluster, {user});
		const {server} = await pgtop.sample();
		const {inspection} = await pgtop.inspect(pid);
		if (!inspection) throw new Error(`${pid} has ended`);
		return {...inspection, words: snapshotWords(inspection, server.recovery)};
	}

	/** A superuser's session that works slowly. */
	async function slow(statement: string, limit = 1) {
		const session = await visit(cluster, {user: 'postgres'});
		await session.query(
			`set vacuum_cost_delay = 100; set vacuum_cost_limit = ${limit}; set min_parallel_index_scan_size = 0`,
		);
		void session.start(statement);
		return session.pid;
	}

	test('of a session with a snapshot it is told how old that is', async () => {
		const reader = await visit(cluster);
		await reader.query('begin isolation level repeatable read; select 1');
		const writer = await visit(cluster, {user: 'postgres'});
		for (let count = 0; count < 3; count++) await writer.query('insert into wide values (0)');
		const {xminAge, isVacuuming, isOldest, words} = await readOf(reader.pid);
		expect(xminAge).toBe(3);
		expect(isVacuuming).toBeUndefined();
		expect(isOldest).toBe(true);
		expect(words).toBe("its snapshot is 3 transactions old: vacuum can't clean up behind it");
	});

	test('only of the oldest it is told that VACUUM waits for it, also to a role with nothing', async () => {
		const older = await visit(cluster);
		await older.query('begin isolation level repeatable read; select 1');
		await (await visit(cluster, {user: 'postgres'})).query('insert into wide values (0)');
		const younger = await visit(cluster);
		await younger.query('begin isolation level repeatable read; select 1');
		expect((await readOf(older.pid)).isOldest).toBe(true);
		expect((await readOf(older.pid, 'plain')).isOldest).toBe(true);
		expect((await readOf(younger.pid)).isOldest).toBeUndefined();
		expect((await readOf(younger.pid)).words).toBe('its snapshot is 0 transactions old');
	});

	test('a session that has written keeps rows without a snapshot', async () => {
		const writer = await visit(cluster, {user: 'postgres'});
		await writer.query('begin; insert into wide values (0)');
		expect(await readOf(writer.pid)).toMatchObject({isOldest: true, xid: expect.any(String)});
	});

	test.each([
		[
			'a prepared transaction',
			"begin; insert into wide values (0); prepare transaction 'left'",
			"rollback prepared 'left'",
		],
		[
			'a slot',
			"select pg_create_logical_replication_slot('left', 'test_decoding')",
			"select pg_drop_replication_slot('left')",
		],
	])('it is not told of a session where %s keeps rows as old', async (_, begin, end) => {
		const other = await visit(cluster, {user: 'postgres'});
		await other.query(begin);
		try {
			const reader = await visit(cluster);
			await reader.query('begin isolation level repeatable read; select 1');
			const writer = await visit(cluster, {user: 'postgres'});
			await writer.query('begin; insert into wide values (0)');
			expect((await readOf(reader.pid)).isOldest).toBeUndefined();
			expect((await readOf(writer.pid)).isOldest).toBeUndefined();
		} finally {
			await other.query(end);
		}
	});

	test('nor where another session has written, and is the reason for the snapshot’s age', async () => {
		const writer = await visit(cluster, {user: 'postgres'});
		await writer.query('begin; insert into wide values (0)');
		const reader = await visit(cluster);
		await reader.query('begin isolation level repeatable read; select 1');
		expect((await readOf(reader.pid)).isOldest).toBeUndefined();
		expect((await readOf(writer.pid)).isOldest).toBe(true);
	});

	test('the list has the ids of its transaction, of its snapshot, and since 14 of its query', async () => {
		const pgtop = await openPgtop(cluster);
		const session = await visit(cluster, {user: 'postgres'});
		if (major >= 14) await session.query('set compute_query_id = on');
		await session.query('begin isolation level repeatable read');
		await session.query('select txid_current()');
		const known = async () => (await pgtop.sample()).backends.find(({pid}) => pid === session.pid);
		const {xid, xmin, queryId} = (await known()) ?? {};
		const [row] = await cluster.observe<{xid: number; xmin: number; query_id?: string}>(
			`select backend_xid::text::int8::int4 as xid, backend_xmin::text::int8::int4 as xmin, to_jsonb(a) ->> 'query_id' as query_id
			   from pg_stat_activity a where pid = ${session.pid}`,
		);
		expect({xid, xmin}).toEqual({xid: row?.xid, xmin: row?.xmin});
		expect(xid).toBeGreaterThan(2);
		expect(queryId).toEqual(major >= 14 ? row?.query_id : undefined);
		expect(queryId !== undefined).toBe(major >= 14);
		await session.query('commit');
		expect(await known()).not.toHaveProperty('xid');
		expect(await known()).not.toHaveProperty('queryId');
	});

	test('of a session without one nothing is', async () => {
		const idle = await visit(cluster);
		await idle.query('begin; select 1');
		const {xminAge, words} = await readOf(idle.pid);
		expect(xminAge).toBeUndefined();
		expect(words).toBeUndefined();
	});

	test('of a VACUUM nothing is told, although it has a snapshot', async () => {
		const pid = await slow('/* nightly */ vacuum wide');
		await waitUntil(cluster, `exists (select from pg_stat_progress_vacuum where pid = ${pid})`);
		await has(pid, 'backend_xmin is not null');
		const read = await readOf(pid);
		expect(read).toMatchObject({isVacuuming: true, xminAge: expect.any(Number)});
		expect(read.words).toBeUndefined();
		expect(read.text).toBe('/* nightly */ vacuum wide');
	});

	test('nor of one that waits for its table', async () => {
		const holder = await visit(cluster, {user: 'postgres'});
		await holder.query('begin; lock table wide');
		const waiting = await visit(cluster, {user: 'postgres'});
		void waiting.start('vacuum wide');
		await waiting.untilBlocked();
		const read = await readOf(waiting.pid);
		expect(read.isVacuuming).toBeUndefined();
		expect(read.words).toBeUndefined();
	});

	test('an ANALYZE is waited for like any query', async () => {
		const pid = await slow('analyze wide');
		await has(pid, "state = 'active' and backend_xmin is not null and query like 'analyze%'");
		// Only behind what has begun since can there be anything to clean up.
		await cluster.observe('select txid_current()');
		expect((await readOf(pid)).words).toContain("vacuum can't clean up behind it");
	});

	if (major >= 13)
		test('the workers of a parallel VACUUM are like it', async () => {
			// An index-only scan keeps the page that it stands on, and VACUUM waits for that. Else its workers may have ended before they are looked at.
			const reader = await visit(cluster, {user: 'postgres'});
			await reader.query('set enable_seqscan = off; set enable_bitmapscan = off');
			await reader.query('begin');
			for (const column of ['a', 'b', 'c'])
				await reader.query(
					`declare of_${column} cursor for select ${column} from wide where ${column} > 0; fetch of_${column}`,
				);
			const pid = await slow('vacuum (parallel 2) wide', 10_000);
			// One worker may end, and the next one begin, between any two looks.
			const read = async () => {
				const [worker] = await cluster.observe<{pid: number}>(
					`select pid from pg_stat_activity where leader_pid = ${pid} and backend_xmin is not null`,
				);
				return worker && readOf(worker.pid).catch(() => undefined);
			};
			await expect.poll(read).toMatchObject({
				isVacuuming: true,
				backend: {kind: 'parallel worker'},
				words: undefined,
			});
		});
});
