import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {openClient} from '../../../source/demo/open-client.js';
import {verdictOn} from '../../../source/domain/signal/verdict/verdict.js';
import {letIn, startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers} from '../../helpers/server/servers.js';
import {callFast} from '../../helpers/session/fastpath.js';
import {backendOf, openPgtop, orderOn, visit} from '../../helpers/session/scene.js';
import {waitUntil} from '../../helpers/session/session.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			settings: {
				autovacuum: 'on',
				autovacuum_naptime: '1s',
				autovacuum_freeze_max_age: '100000',
				wal_level: 'logical',
				max_wal_senders: '4',
			},
		});
	});

	afterAll(async () => cluster?.stop());

	const pidOf = async (condition: string): Promise<number> => {
		await waitUntil(cluster, `exists (select from pg_stat_activity where ${condition})`);
		const [row] = await cluster.observe<{pid: number}>(
			`select pid from pg_stat_activity where ${condition} order by pid limit 1`,
		);
		return row?.pid ?? 0;
	};

	test('a function that is called by the fast path runs, and c ends it', async () => {
		const pgtop = await openPgtop(cluster);
		const victim = await visit(cluster);
		const [row] = await victim.query<{oid: number}>(
			"select 'pg_sleep(float8)'::regprocedure::oid::int as oid",
		);
		const end = callFast(victim.client, row?.oid ?? 0, '600');
		await pidOf(`pid = ${victim.pid} and state = 'fastpath function call'`);
		expect(await backendOf(pgtop, victim.pid)).toMatchObject({
			kind: 'client',
			state: 'fastpath function call',
		});
		expect(await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'))).toMatchObject({sent: true});
		expect(await end).toBe('57014');
		await expect.poll(async () => (await victim.activity())?.state).toBe('idle');
		expect(await callFast(victim.client, row?.oid ?? 0, '0')).toBeUndefined();
	});

	test('a login that is under way is shown since 18, and holds its slot unseen before', async () => {
		await cluster.observe("create role late login password 'secret'");
		const pgtop = await openPgtop(cluster);
		const {host, port} = cluster;
		let answer: (password: string) => void = () => {};
		const password = new Promise<string>(resolve => {
			answer = resolve;
		});
		await letIn(cluster, 'late', major >= 14 ? 'scram-sha-256' : 'md5');
		const client = new Client({host, port, user: 'late', database: 'appdb', password: async () => password});
		client.on('error', () => {});
		const connected = client.connect();
		onTestFinished(async () => client.end());
		if (major >= 18) {
			// A worker of autovacuum, which one comes every second here, begins in the same state.
			const pid = await pidOf("state = 'starting' and backend_type = 'client backend'");
			const starting = await backendOf(pgtop, pid);
			expect(starting).toMatchObject({kind: 'client', isVisible: true, state: 'starting'});
			expect(starting).not.toHaveProperty('user');
		}

		answer('secret');
		await connected;
		const {rows} = await client.query<{pid: number}>('select pg_backend_pid() as pid');
		expect(await backendOf(pgtop, rows[0]?.pid ?? 0)).toMatchObject({user: 'late', state: 'idle'});
	});

	test('the worker of a subscription is one, and k asks first', async () => {
		const pgtop = await openPgtop(cluster);
		await cluster.observe('create database subscriber');
		await cluster.observe('create publication everything for all tables');
		await cluster.observe("select pg_create_logical_replication_slot('everything', 'pgoutput')");
		const login = {user: 'postgres', database: 'subscriber', application: 'subscriber'};
		const subscriber = await openClient(cluster, login);
		await subscriber.query(`create subscription everything
			connection 'host=${cluster.host} port=${cluster.port} user=postgres dbname=appdb'
			publication everything with (create_slot = false, slot_name = 'everything')`);
		onTestFinished(async () => {
			await subscriber.query('drop subscription everything');
			await subscriber.end();
		});
		// On 10 it is a background worker like any other.
		const pid = await pidOf(
			major >= 11
				? "backend_type like 'logical replication % worker' or backend_type = 'logical replication worker'"
				: "backend_type = 'background worker' and datname = 'subscriber'",
		);
		const backend = await backendOf(pgtop, pid);
		expect(backend).toMatchObject({kind: major >= 11 ? 'logical worker' : 'background worker'});
		expect(verdictOn('terminate', backend, 0, 0)).toMatchObject({type: 'ask', reasons: [{id: 'kind'}]});
		const walsender = await pidOf("backend_type = 'walsender'");
		expect(await backendOf(pgtop, walsender)).toMatchObject({kind: 'walsender', user: 'postgres'});
	});

	test('autovacuum to prevent wraparound says so, how near the limit is, and that it starts again', async () => {
		const pgtop = await openPgtop(cluster);
		await cluster.observe(`
			create table old (id int) with (autovacuum_enabled = off, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)`);
		await cluster.observe('insert into old select generate_series(1, 200000)');
		// Every block with an exception handler takes a transaction id of its own.
		await cluster.observe(`
			do $$ begin
				for i in 1 .. 110000 loop
					begin
						insert into old values (0);
					exception when others then null;
					end;
				end loop;
			end $$`);
		const pid = await pidOf(
			"backend_type = 'autovacuum worker' and query like '%old (to prevent wraparound)'",
		);
		const backend = await backendOf(pgtop, pid);
		expect(backend).toMatchObject({kind: 'autovacuum worker', database: 'appdb'});
		expect(verdictOn('terminate', backend, 0, 0)).toMatchObject({
			type: 'ask',
			reasons: [{text: 'autovacuum to prevent wraparound: it starts again at once'}],
		});
		const {inspection} = await pgtop.factsOf(pid);
		expect(inspection?.wraparound).toBeGreaterThan(100_000 / 2 ** 31);
		expect(inspection?.wraparound).toBeLessThan(0.001);
	});
});
