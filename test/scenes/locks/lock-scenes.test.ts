import {afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {type LockGraph, lockGraphOf} from '../../../source/domain/locks/lock-graph.js';
import {preparedId} from '../../../source/domain/locks/prepared-session.js';
import type {RowId} from '../../../source/domain/row-id.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {endServers} from '../../helpers/server/servers.js';
import {openPgtop, type Pgtop} from '../../helpers/session/scene.js';
import {waitUntil} from '../../helpers/session/session.js';
import {type Actor, letGoOfAll, openActor, untilAtRest} from './actor.js';
import {blockingIn, disagreements} from './agreement.js';
import {tables, untilWaits} from './random-locks.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;
	const actors: Actor[] = [];

	beforeAll(async () => {
		// Nobody ends a cycle.
		cluster = await startCluster(binaries, {
			settings: {deadlock_timeout: '1h', max_worker_processes: '8', max_parallel_workers: '8'},
		});
		await cluster.observe(tables);
	});

	afterEach(async () => {
		await letGoOfAll(cluster, actors);
		for (const {session} of actors) await session.end();
		for (const {session} of actors.splice(0)) await session.untilGone();
	});

	afterAll(async () => cluster?.stop());

	/** A session in a transaction that has done this, or waits for a lock in it. */
	async function does(text: string, options = {}): Promise<Actor> {
		const actor = await openActor(cluster, options);
		actors.push(actor);
		actor.does('begin');
		await actor.over();
		return goesOn(actor, text);
	}

	async function goesOn(actor: Actor, text: string): Promise<Actor> {
		actor.does(text);
		await untilWaits(cluster, actor);
		expect(actor.failure()).toBeUndefined();
		return actor;
	}

	type Sight = {
		readonly graph: LockGraph;
		id(actor: Actor): RowId;
		/** Pid and pid of who stands above it, with what is said of that. */
		under(actor: Actor): string;
		blocks(actor: Actor): number | undefined;
		frees(actor: Actor): readonly [least: number, most: number];
		/** Pids. */
		readonly roots: readonly number[];
	};

	/** What the graph of a picture says, and the server says, too. */
	async function look(pgtop?: Pgtop): Promise<Sight> {
		await untilAtRest(cluster, actors);
		const picture = await (pgtop ?? (await openPgtop(cluster))).sample();
		expect(picture.missing).toEqual([]);
		const graph = lockGraphOf(picture);
		const blocking = await blockingIn(cluster, picture);
		expect(disagreements(graph, picture, blocking, major >= 14)).toEqual([]);
		const id = ({pid}: Actor) => {
			const found = picture.backends.find(one => one.pid === pid);
			if (!found) throw new Error(`${pid} is not in the picture`);
			return found.id;
		};
		return {
			graph,
			id,
			under(actor) {
				const {under} = graph.sights.get(id(actor)) ?? {};
				return under
					? `${under.isQueued ? 'queue' : 'lock'} ${under.pid}${under.more > 0 ? ` +${under.more}` : ''}`
					: 'nobody';
			},
			blocks: actor => graph.sights.get(id(actor))?.blocks,
			frees(actor) {
				const {least, most} = graph.freesOf(id(actor));
				return [least, most];
			},
			roots: graph.roots.map(root => picture.backends.find(one => one.id === root)?.pid ?? 0),
		};
	}

	/** Ends a session, and tells which of these wait for nothing any more. */
	async function end(actor: Actor, waiters: readonly Actor[]): Promise<readonly Actor[]> {
		await cluster.observe(`select pg_terminate_backend(${actor.pid})`);
		await actor.session.untilGone();
		actors.splice(actors.indexOf(actor), 1);
		const awaited = await untilAtRest(cluster, actors);
		return waiters.filter(({pid}) => !awaited.has(pid));
	}

	const update = (id: number) => `update item set n = n + 1 where id = ${id}`;

	test('a queue for a row: the first waits for the session, the others for the first', async () => {
		const holder = await does(update(1));
		const first = await does(update(1));
		const others = [await does(update(1)), await does(update(1))];
		const {under, blocks, frees, roots} = await look();
		expect(under(first)).toBe(`lock ${holder.pid}`);
		for (const other of others) expect(under(other)).toBe(`lock ${first.pid}`);
		expect([blocks(holder), blocks(first), roots]).toEqual([3, 2, [holder.pid]]);
		expect(frees(holder)).toEqual([0, 1]);
		expect(await end(holder, [first, ...others])).toEqual([first]);
	});

	test('of a queue for a row the first is ended: that frees nobody, another session has the row', async () => {
		const holder = await does(update(1));
		const first = await does(update(1));
		const others = [await does(update(1)), await does(update(1))];
		const {graph, id} = await look();
		expect(graph.freesOf(id(first))).toEqual({
			least: 0,
			most: 0,
			nothing: {type: 'has the row', by: id(holder), pid: holder.pid},
		});
		if (major >= 14) expect(graph.nextAfter(id(first))).toBe(id(others[0] as Actor));
		expect(await end(first, others)).toEqual([]);
		const {under} = await look();
		expect(others.map(under).toSorted()).toContain(`lock ${holder.pid}`);
	});

	test('a hot row after a COMMIT: all wait for one transaction, and one goes on', async () => {
		const holder = await does(update(1));
		const waiters = [
			await does(update(1)),
			await does(update(1)),
			await does(update(1)),
			await does(update(1)),
		];
		await goesOn(holder, 'commit');
		const {under, blocks, frees} = await look();
		// Which of them goes on is a race.
		const next = waiters.find(one => under(one) === 'nobody') as Actor;
		const others = waiters.filter(one => one !== next);
		expect(blocks(next)).toBe(3);
		// Who was on its way may still wait for a place, behind one that waits for the transaction.
		const direct = others.filter(one => under(one) === `lock ${next.pid}`).length;
		expect(direct).toBeGreaterThan(0);
		expect(frees(next)).toEqual([direct > 1 ? 1 : 0, direct]);
		expect(await end(next, others)).toHaveLength(1);
	});

	test('who holds a lock already goes in front of an older waiter', async () => {
		const writer = await does('lock table a in row exclusive mode');
		const reader = await does('lock table a in access share mode');
		const older = await does('lock table a in access exclusive mode');
		const last = await does('lock table a in row share mode');
		await goesOn(reader, 'lock table a in share mode');
		const {under, frees, roots} = await look();
		expect(under(reader)).toBe(`lock ${writer.pid}`);
		expect(under(older)).toBe(`lock ${writer.pid} +1`);
		expect(under(last)).toBe(`queue ${older.pid}`);
		expect([frees(writer), frees(reader), roots]).toEqual([[1, 1], [0, 0], [writer.pid]]);
		expect(await end(writer, [reader, older, last])).toEqual([reader]);
	});

	test('two sessions share a row: ending the one that is waited for frees nobody', async () => {
		const lockers = [
			await does('select from item where id = 1 for share'),
			await does('select from item where id = 1 for share'),
		];
		const deleter = await does('delete from item where id = 1');
		const {graph, frees, id, roots} = await look();
		const [root] = roots;
		const named = lockers.find(({pid}) => pid === root) as Actor;
		const other = lockers.find(({pid}) => pid !== root) as Actor;
		expect(frees(named)).toEqual([0, 1]);
		// Nothing in pg_locks says that it has the row, too.
		expect(graph.sights.has(id(other))).toBe(false);
		expect(await end(named, [deleter])).toEqual([]);
		expect((await look()).under(deleter)).toBe(`lock ${other.pid}`);
		expect(await end(other, [deleter])).toEqual([deleter]);
	});

	test.each([
		['ended', 1],
		['committed', 3],
	])('three wait to insert a key: its session is %s, and %i wait no more', async (how, count) => {
		const holder = await does('insert into uniq values (1)');
		const waiters = [
			await does('insert into uniq values (1)'),
			await does('insert into uniq values (1)'),
			await does('insert into uniq values (1)'),
		];
		const {blocks, frees} = await look();
		expect([blocks(holder), frees(holder)]).toEqual([3, [1, 3]]);
		if (how === 'ended') expect(await end(holder, waiters)).toHaveLength(count);
		else {
			holder.does('commit');
			await untilAtRest(cluster, actors);
			expect(waiters.filter(actor => !actor.isBusy())).toHaveLength(count);
			expect(waiters.map(actor => actor.failure())).toEqual(['23505', '23505', '23505']);
			await cluster.observe('delete from uniq');
		}
	});

	test('who waits for the token of an INSERT stands under it', async () => {
		const holder = await does('select pg_advisory_xact_lock(77)');
		const first = await does('insert into token values (1) on conflict (id) do nothing');
		const second = await does('insert into token values (1) on conflict (id) do nothing');
		const {under, blocks, frees} = await look();
		expect([under(first), under(second)]).toEqual([`lock ${holder.pid}`, `lock ${first.pid}`]);
		expect([blocks(holder), frees(holder), frees(first)]).toEqual([2, [1, 1], [0, 1]]);
		expect(await end(holder, [first])).toEqual([first]);
	});

	test('the wait of a parallel worker is that of its leader', async () => {
		await cluster.observe('create table large as select i from generate_series(1, 1000) i');
		await cluster.observe('create table other (id int); grant all on other, large to public');
		await cluster.observe(`create function reads(i int) returns bigint language plpgsql stable parallel safe as
			'begin return (select count(*) from other); end'`);
		onTestFinished(async () => {
			await cluster.observe('drop table large, other; drop function reads');
		});
		const holder = await does('lock table other');
		const leader = await openActor(cluster);
		actors.push(leader);
		leader.does(`begin; set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0;
			set local min_parallel_table_scan_size = 0; set local max_parallel_workers_per_gather = 2;
			${major >= 11 ? 'set local parallel_leader_participation = off' : ''}`);
		await leader.over();
		leader.does('select count(*) from large where reads(i) > 0');
		await waitUntil(
			cluster,
			`(select count(*) >= 2 from pg_locks where not granted) and exists (
				select from pg_stat_activity where pid = ${leader.pid} and wait_event_type ${major >= 11 ? "= 'IPC'" : "in ('IPC', 'Lock')"})`,
		);
		const pgtop = await openPgtop(cluster);
		const picture = await pgtop.sample();
		const graph = lockGraphOf(picture);
		const leading = picture.backends.find(({pid}) => pid === leader.pid);
		if (major >= 11) expect(leading?.wait?.type).toBe('IPC');
		expect(graph.sights.size).toBe(2);
		expect(graph.sights.get(leading?.id as RowId)).toMatchObject({
			under: {pid: holder.pid, isQueued: false, more: 0},
			blocks: 0,
		});
		const root = graph.roots[0] as RowId;
		expect([graph.sights.get(root)?.blocks, graph.freesOf(root)]).toEqual([1, {least: 1, most: 1}]);
		await end(leader, []);
		await end(holder, []);
	});

	test('prepared transactions block by their gid, with savepoints, and several of them', async () => {
		const prepare = async (gid: string, text: string) =>
			goesOn(await does(text), `prepare transaction '${gid}'`);
		await prepare('reads', 'lock table b in share mode');
		await prepare('reads, too', 'lock table b in share mode');
		await prepare('with savepoints', `savepoint s; ${update(1)}; savepoint t; ${update(2)}`);
		const writer = await does('lock table b in exclusive mode');
		const waiters = [await does(update(1)), await does(update(2))];
		const {graph, id, roots} = await look();
		const of = (gid: string) => preparedId({gid, database: 'appdb'});
		const underOf = (actor: Actor) => graph.sights.get(id(actor))?.under;
		expect(underOf(writer)).toEqual({id: of('reads'), pid: 0, isQueued: false, more: 1});
		for (const waiter of waiters)
			expect(underOf(waiter)).toEqual({id: of('with savepoints'), pid: 0, isQueued: false, more: 0});
		expect(roots).toEqual([0, 0, 0]);
		expect(graph.sights.get(of('with savepoints'))?.blocks).toBe(2);
		expect(graph.sights.get(of('reads, too'))?.blocks).toBe(1);
		expect(graph.freesOf(of('reads'))).toMatchObject({least: 0, most: 0, nothing: {type: 'holds it too'}});
		await cluster.observe("rollback prepared 'with savepoints'");
		await untilAtRest(cluster, actors);
		expect(waiters.filter(actor => actor.isBusy())).toEqual([]);
	});

	test('what serializable transactions have read blocks nobody', async () => {
		const open = await does('set transaction isolation level serializable; select from a');
		const done = await does('set transaction isolation level serializable; select from a');
		await goesOn(done, 'commit');
		const waiter = await does('lock table a');
		const [{count = 0} = {}] = await cluster.observe<{count: number}>(
			"select count(*)::int as count from pg_locks where mode = 'SIReadLock' and relation = 'a'::regclass",
		);
		expect(count).toBeGreaterThan(0);
		const {under, roots, graph} = await look();
		expect([under(waiter), roots, graph.sights.size]).toEqual([`lock ${open.pid}`, [open.pid], 2]);
	});

	test('of a cycle the one that has waited longest is a root, and who waits outside stands below', async () => {
		const one = await does(update(1));
		const two = await does(update(2));
		await goesOn(one, update(2));
		await goesOn(two, update(1));
		const outside = await does('lock table a');
		const behind = await does('select from a');
		const third = await does(update(1));
		const {under, blocks, roots} = await look();
		if (major >= 14) expect(roots).toEqual([one.pid, outside.pid]);
		expect([blocks(one), blocks(two), blocks(third)]).toEqual([2, 2, 0]);
		expect([under(third), under(behind)]).toEqual([`lock ${two.pid}`, `lock ${outside.pid}`]);
	});

	test('the same oid in two databases is two tables', async () => {
		await cluster.observe('create database one owner app');
		const maker = await openActor(cluster, {database: 'one'});
		maker.does('create table same (id int)');
		await maker.over();
		await maker.session.end();
		await maker.session.untilGone();
		await cluster.observe('create database two template one owner app');
		const in1 = [
			await does('lock table same', {database: 'one'}),
			await does('select from same', {database: 'one'}),
		];
		const in2 = [
			await does('lock table same', {database: 'two'}),
			await does('select from same', {database: 'two'}),
		];
		const {under, blocks, roots} = await look();
		for (const [holder, waiter] of [in1, in2] as [Actor, Actor][]) {
			expect(under(waiter)).toBe(`lock ${holder.pid}`);
			expect(blocks(holder)).toBe(1);
			expect(roots).toContain(holder.pid);
		}
	});
});
