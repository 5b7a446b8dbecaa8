import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {LockRow} from '../../../../source/domain/locks/lock-row.js';
import type {Snapshot} from '../../../../source/domain/server/snapshot.js';
import {locksQuery} from '../../../../source/postgres/queries/parts/locks.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {endServers} from '../../../helpers/server/servers.js';
import {openPgtop, visit} from '../../../helpers/session/scene.js';
import {waitUntil} from '../../../helpers/session/session.js';

const roles = ['postgres', 'mon', 'plain'] as const;

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {max_connections: '140'}});
		await cluster.observe('create table item (id int primary key, n int)');
		await cluster.observe('insert into item select i, 0 from generate_series(1, 5) i');
		await cluster.observe('grant all on item to public');
	});

	afterAll(async () => cluster?.stop());

	/** What a role reads, of which every part must have come. */
	async function read(user: string): Promise<Snapshot & {readonly rows: readonly LockRow[]}> {
		const picture = await (await openPgtop(cluster, {user})).sample();
		expect(picture.missing).toEqual([]);
		return {...picture, rows: picture.locks?.rows ?? []};
	}

	/** Who runs this text waits for a lock when this is over. */
	async function waits(text: string, options = {}) {
		const session = await visit(cluster, options);
		const running = session.start(text);
		await session.untilBlocked();
		return {...session, running};
	}

	async function holds(text: string, options = {}) {
		const session = await visit(cluster, options);
		await session.query(`begin; ${text}`);
		return session;
	}

	test.each(roles)('%s reads no row where nobody waits, however much is locked', async user => {
		const {pid} = await holds('select * from item; select pg_advisory_lock(1)');
		const {locks} = await read(user);
		expect(locks).toEqual({rows: [], serverMs: expect.any(Number)});
		expect(locks?.serverMs).toBeGreaterThan(0);
		expect(pid).toBeGreaterThan(0);
	});

	test.each(roles)('%s reads who holds and who awaits a row, and what the table is called', async user => {
		const holder = await holds('update item set n = 1 where id = 1');
		const first = await waits('update item set n = 2 where id = 1');
		const second = await waits('update item set n = 3 where id = 1');
		const {rows, relations, at} = await read(user);
		const found = rows.map(({type, isGranted, mode, pids, count}) => [type, isGranted, mode, pids, count]);
		expect(found).toHaveLength(4);
		expect(found).toEqual(
			expect.arrayContaining([
				['transactionid', true, 'ExclusiveLock', [holder.pid], 1],
				['transactionid', false, 'ShareLock', [first.pid], 1],
				['tuple', true, 'ExclusiveLock', [first.pid], 1],
				['tuple', false, 'ExclusiveLock', [second.pid], 1],
			]),
		);
		const tuple = rows.find(({type}) => type === 'tuple');
		expect(relations).toEqual([{id: tuple?.relationId, name: 'item'}]);
		for (const {isGranted, since} of rows) {
			if (isGranted || major < 14) expect(since).toBeUndefined();
			else {
				expect(since).toHaveLength(1);
				expect(since?.[0]).toBeGreaterThan(at - 60_000_000);
				expect(since?.[0]).toBeLessThanOrEqual(at);
			}
		}
	});

	test('100 waiters of one row are few rows, the longest wait first', async () => {
		await holds('update item set n = 1 where id = 2');
		const first = await waits('update item set n = 2 where id = 2');
		const second = await waits('update item set n = 2 where id = 2');
		const others = await Promise.all(Array.from({length: 98}, () => visit(cluster)));
		for (const session of others) void session.start('update item set n = 2 where id = 2');
		await waitUntil(cluster, '(select count(*) = 100 from pg_locks where not granted)');
		const {rows} = await read('plain');
		expect(rows).toHaveLength(4);
		const queue = rows.find(({type, isGranted}) => type === 'tuple' && !isGranted);
		expect(queue?.count).toBe(99);
		expect(new Set(queue?.pids)).toEqual(new Set([second.pid, ...others.map(({pid}) => pid)]));
		expect(queue?.pids).not.toContain(first.pid);
		if (major < 14) return;
		expect(queue?.pids[0]).toBe(second.pid);
		expect(queue?.since).toEqual(queue?.since?.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
	});

	test.each(roles)('%s knows a table of another database by its numbers alone', async user => {
		await cluster.observe('create database other owner app');
		onTestFinished(async () => {
			await cluster.observe('drop database other');
		});
		const there = {database: 'other'};
		const maker = await visit(cluster, there);
		await maker.query('create table item (id int)');
		const [made] = await maker.query<{id: number; database: number}>(
			"select 'item'::regclass::oid::int as id, oid::int as database from pg_database where datname = 'other'",
		);
		const holder = await holds('lock table item', there);
		const waiter = await waits('select * from item', there);
		const {rows, relations} = await read(user);
		expect(rows.map(({databaseId, relationId, pids}) => [databaseId, relationId, pids])).toEqual([
			[made?.database, made?.id, [holder.pid]],
			[made?.database, made?.id, [waiter.pid]],
		]);
		expect(relations).toEqual([]);
	});

	test.each(roles)('%s reads of a table that all databases share that it is of none', async user => {
		await holds('lock table pg_shdescription', {user: 'postgres'});
		await waits('select * from pg_shdescription');
		const {rows, relations} = await read(user);
		expect(rows.map(row => 'databaseId' in row)).toEqual([false, false]);
		expect(relations).toEqual([{id: rows[0]?.relationId, name: 'pg_catalog.pg_shdescription'}]);
	});

	test('what a serializable transaction has read is no lock that anybody waits for', async () => {
		const reader = await visit(cluster);
		await reader.query('begin isolation level serializable; select * from item');
		await waits('begin; lock table item');
		const {rows} = await read('plain');
		expect(rows.map(({mode}) => mode)).not.toContain('SIReadLock');
		expect(rows.filter(({isGranted}) => isGranted).map(({pids}) => pids)).toEqual([[reader.pid]]);
	});

	test.each(roles)('%s finds the gid of each prepared transaction, with savepoints, too', async user => {
		const prepare = async (gid: string, text: string) => {
			const session = await visit(cluster);
			await session.query(`begin; ${text}; prepare transaction '${gid}'`);
			onTestFinished(async () => {
				await cluster.observe(`rollback prepared '${gid}'`);
			});
		};

		await prepare('plain one', 'update item set n = 7 where id = 3');
		await prepare(
			'with savepoints',
			'savepoint a; update item set n = 7 where id = 4; savepoint b; update item set n = 7 where id = 5',
		);
		await waits('update item set n = 8 where id = 3');
		await waits('update item set n = 8 where id = 5');
		const {rows, prepared = []} = await read(user);
		expect(prepared.map(({gid}) => gid).toSorted()).toEqual(['plain one', 'with savepoints']);
		const held = rows.filter(({isGranted, prepared: by}) => isGranted && by);
		const gidOf = (virtual: string | undefined) =>
			prepared.find(one =>
				held.some(({xid, prepared: by}) => xid === one.xid && by?.[0] === virtual && virtual !== undefined),
			)?.gid;
		const awaited = rows.filter(({type, isGranted}) => type === 'transactionid' && !isGranted);
		const holders = awaited.map(({key}) => held.find(row => row.key === key)?.prepared?.[0]);
		expect(holders.map(gidOf).toSorted()).toEqual(['plain one', 'with savepoints']);
		for (const {pids, count} of held) expect([pids, count]).toEqual([[], 1]);
	});

	test('a table has the name that it has, safe to print, with its schema', async () => {
		await cluster.observe('create schema "ř s"');
		await cluster.observe('create table "ř s"."a.""b""\u001B[2J" (id int)');
		onTestFinished(async () => {
			await cluster.observe('drop schema "ř s" cascade');
		});
		await holds('lock table "ř s"."a.""b""\u001B[2J"', {user: 'postgres'});
		await waits('select * from "ř s"."a.""b""\u001B[2J"', {user: 'postgres'});
		expect((await read('mon')).relations).toEqual([{id: expect.any(Number), name: 'ř s.a."b"␛[2J'}]);
	});

	test.each([
		['plain ž', false],
		['two  blanks', true],
		['hidden \u200B', true],
		['a\tb', true],
	])('of the gid %j it is known whether it can be shown as it is', async (gid, isCleaned) => {
		const session = await visit(cluster);
		await session.query(`begin; select pg_advisory_xact_lock(3); prepare transaction '${gid}'`);
		onTestFinished(async () => {
			await cluster.observe(`rollback prepared '${gid}'`);
		});
		const {prepared} = await read('plain');
		expect(prepared?.map(one => 'isCleaned' in one)).toEqual([isCleaned]);
	});

	test('a token of INSERT ON CONFLICT belongs to no database', async () => {
		await cluster.observe(`create function stops(n int) returns int immutable language plpgsql as
			'begin perform pg_advisory_xact_lock(77); return n; end'`);
		await cluster.observe('create table token (id int primary key)');
		await cluster.observe('create index on token (stops(id))');
		await cluster.observe('grant all on token to public');
		onTestFinished(async () => {
			await cluster.observe('drop table token');
			await cluster.observe('drop function stops');
		});
		await holds('select pg_advisory_xact_lock(77)');
		const insert = 'insert into token values (1) on conflict (id) do nothing';
		const first = await waits(insert);
		const second = await waits(insert);
		const tokens = (await read('plain')).rows.filter(({type}) => /^spec/.test(type));
		expect(tokens.map(({pids, isGranted}) => [pids, isGranted])).toEqual(
			expect.arrayContaining([
				[[first.pid], true],
				[[second.pid], false],
			]),
		);
		for (const row of tokens) expect([row, 'databaseId' in row]).toEqual([row, false]);
	});
});

const clock = (at: string) => [at, ...Array.from({length: 10}, () => null)];
const waiting = [
	2,
	'k',
	'relation',
	'5',
	'16402',
	null,
	'ExclusiveLock',
	false,
	'{7,8}',
	'{5000,NULL}',
	null,
];

test('of a wait that has just begun it is not known since when', () => {
	const {locks} = locksQuery.read([clock('1000'), waiting, clock('3500')], 'UTF8');
	expect(locks?.rows[0]).toMatchObject({pids: [7, 8], since: [5000, undefined]});
	expect(locks).toMatchObject({serverMs: 2.5});
	expect(locks).not.toHaveProperty('isCut');
});

test.each([
	['more waiters than were read', [[5, ...waiting.slice(1)]]],
	['more rows than are read', Array.from({length: 5001}, () => waiting)],
])('%s: it is told that there are more', (_, rows) => {
	const {locks} = locksQuery.read([clock('1'), ...rows, clock('2')], 'UTF8');
	expect(locks?.isCut).toBe(true);
	expect(locks?.rows.length).toBeLessThanOrEqual(5000);
});
