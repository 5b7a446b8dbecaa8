import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {servers} from '../../helpers/server/servers.js';
import {backendOf, codeOf, openPgtop, orderOn, visit, visitWalsender} from '../../helpers/session/scene.js';
import {waitUntil} from '../../helpers/session/session.js';

describe.each(servers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	test.each(['postgres', 'mon'])(
		'%s sees the background processes, each of a kind that pgtop knows',
		async user => {
			const pgtop = await openPgtop(cluster, {user});
			// A server lets us in a moment before they are all in its list.
			await waitUntil(
				cluster,
				"(select count(*) from pg_stat_activity where backend_type in ('checkpointer', 'background writer', 'walwriter')) = 3",
			);
			const {backends} = await pgtop.sample();
			const types = (kind: string) => backends.filter(one => one.kind === kind).map(({type}) => type);
			expect(types('unsignallable')).toEqual(
				expect.arrayContaining(['checkpointer', 'background writer', 'walwriter']),
			);
			expect(types('unknown')).toEqual([]);
		},
	);

	test('parallel workers name their leader, and ending its query ends theirs', async () => {
		const pgtop = await openPgtop(cluster);
		const leader = await visit(cluster);
		await leader.query('create table wide as select generate_series(1, 20000) as number');
		await leader.query(`set min_parallel_table_scan_size = 0`);
		await leader.query(
			'set parallel_setup_cost = 0; set parallel_tuple_cost = 0; set max_parallel_workers_per_gather = 2',
		);
		const end = codeOf(leader.query('select count(pg_sleep(60)) from wide'));
		const worker =
			major >= 13
				? 'leader_pid'
				: `(case when query like '%from wide' and pid <> ${leader.pid} then ${leader.pid} end)`;
		await waitUntil(
			cluster,
			`(select count(*) from pg_stat_activity where ${worker} = ${leader.pid} and pid <> ${leader.pid} and query like '%from wide') = 2`,
		);
		const {backends} = await pgtop.sample();
		const workers = backends.filter(
			({pid, query}) => pid !== leader.pid && query?.text.endsWith('from wide'),
		);
		expect(workers.map(({kind, leaderPid}) => [kind, leaderPid])).toEqual(
			Array.from({length: 2}, () =>
				major >= 13
					? ['parallel worker', leader.pid]
					: [major >= 11 ? 'parallel worker' : 'background worker', undefined],
			),
		);
		expect(await pgtop.signal(await orderOn(pgtop, leader.pid, 'cancel'))).toMatchObject({sent: true});
		expect(await end).toBe('57014');
		await waitUntil(
			cluster,
			`not exists (select from pg_stat_activity where pid in (${workers.map(({pid}) => pid)}))`,
		);
	});

	test('a walsender is one, and can be ended', async () => {
		const pgtop = await openPgtop(cluster);
		const {pid, ended} = await visitWalsender(cluster);
		expect(await backendOf(pgtop, pid)).toMatchObject({kind: 'walsender', state: 'idle'});
		expect(await pgtop.signal(await orderOn(pgtop, pid, 'terminate'))).toMatchObject({sent: true});
		await ended;
	});

	test('a session whose activity is not tracked shows so, and c and k reach it', async () => {
		const pgtop = await openPgtop(cluster);
		const victim = await visit(cluster, {user: 'postgres'});
		await victim.query('set track_activities = off');
		const end = codeOf(victim.query('select pg_advisory_lock(7), pg_sleep(60)'));
		await waitUntil(
			cluster,
			`exists (select from pg_locks where locktype = 'advisory' and pid = ${victim.pid})`,
		);
		const backend = await backendOf(pgtop, victim.pid);
		expect(backend).toMatchObject({kind: 'client', isVisible: true, state: 'disabled'});
		expect(Object.keys(backend).filter(key => /Start|Change/.test(key))).toEqual(['backendStart']);
		const cancel = await orderOn(pgtop, victim.pid, 'cancel');
		expect(await pgtop.signal(cancel)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe('57014');
		const terminate = await orderOn(pgtop, victim.pid, 'terminate');
		expect(await pgtop.signal(terminate)).toMatchObject({type: 'answered', sent: true});
		await victim.untilGone();
	});
});
