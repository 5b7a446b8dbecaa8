import type {Client} from 'pg';
import {afterAll, describe, expect, test} from 'vitest';
import type {Binaries} from '../../source/demo/launch/binaries-in.js';
import {openClient} from '../../source/demo/open-client.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers} from '../helpers/server/servers.js';
import {logOf, openPgtop, type Pgtop} from '../helpers/session/scene.js';
import {plant} from './planted.js';
import {openVictim, orderOn} from './victims.js';

const clusters: TestCluster[] = [];

afterAll(async () => {
	for (const cluster of clusters) await cluster.stop();
});

const planted = /PLANTED .* was called/g;
const callsIn = async (cluster: TestCluster) => (await logOf(cluster)).match(planted) ?? [];

/** A database whose owner has planted everything, in the schemas that are searched first by default and by its own setting. */
async function startPlanted(binaries: Binaries): Promise<TestCluster> {
	const cluster = await startCluster(binaries);
	clusters.push(cluster);
	const owner = await openClient(cluster, {user: 'postgres', database: 'appdb', application: 'owner'});
	await owner.query(plant('public'));
	await owner.query(plant('postgres'));
	await owner.query('alter database appdb set search_path = public, postgres, pg_catalog');
	await owner.end();
	return cluster;
}

/** Every statement that pgtop has. */
async function sayAll(cluster: TestCluster, pgtop: Pgtop, dry: Pgtop): Promise<void> {
	const victim = await openVictim(cluster);
	await victim.query('select 1');
	const sleeping = victim.query('select pg_sleep(600)');
	const stateOf = async () => (await pgtop.sample()).backends.find(({pid}) => pid === victim.pid)?.state;
	await expect.poll(stateOf).toBe('active');
	expect((await pgtop.sample([])).missing).toEqual([]);
	expect((await pgtop.sample()).missing).toEqual([]);
	await pgtop.rights();
	await pgtop.look([victim.pid, 1]);
	await pgtop.inspect(victim.pid);
	await pgtop.factsOf(victim.pid);
	expect(await pgtop.locks(victim.pid)).toMatchObject({advisory: 0, seen: {state: 'active'}});
	for (const signal of ['cancel', 'terminate'] as const) {
		const order = await orderOn(dry, victim.pid, signal);
		expect(await dry.signal(order)).toMatchObject({type: 'answered', sent: true, held: []});
	}

	for (const signal of ['cancel', 'terminate'] as const) {
		const order = await orderOn(pgtop, victim.pid, signal);
		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
		if (signal === 'terminate') break;
		expect(await sleeping).toBe(false);
		// Its client hears of it first.
		await expect.poll(stateOf).toBe('idle');
	}

	await victim.ended;
	// One that nobody may signal asks for what is missing.
	const other = await openVictim(cluster);
	const plain = await openPgtop(cluster, {user: 'monsig'});
	const owner = await openClient(cluster, {user: 'postgres', database: 'appdb', application: 'owner'});
	const {rows} = await owner.query<{pid: number}>('select pg_catalog.pg_backend_pid() as pid');
	const order = await orderOn(plain, rows[0]?.pid ?? 0, 'terminate', 'session');
	expect(await plain.signal(order)).toMatchObject({
		type: 'denied',
		missing: 'superuser only: nobody here can',
	});
	await owner.end();
	await other.end();
}

/** What another client of a pooler's connection may have left in it. */
async function litter(client: Client): Promise<void> {
	for (const name of ['pg_database', 'pg_roles', 'pg_stat_database']) {
		await client.query(
			`create temporary view ${name} as select *, public.tell('temporary ${name}') from pg_catalog.${name}`,
		);
	}

	for (const name of ['int4', 'int8', 'oid', 'text']) {
		await client.query(`create domain pg_temp.${name} as pg_catalog.${name} check (public.checked(value))`);
	}
}

describe.each(endServers.map(binaries => [binaries.major, binaries] as const))('on %i', (_, binaries) => {
	test('what is planted is never called', async () => {
		const cluster = await startPlanted(binaries);
		// The plants work: a statement that does not begin as ours do calls them.
		const naive = await openClient(cluster, {user: 'postgres', database: 'appdb', application: 'naive'});
		await naive
			.query(
				`select (extract(epoch from s.backend_start) * 1000000)::int8 = '1'::int8 from pg_stat_get_activity(null::pg_catalog.int4) s, pg_database d`,
			)
			.catch(() => {});
		await naive
			.query(`select encode(textsend('x'::text), 'escape'), clock_timestamp(), pg_backend_pid() <> 1`)
			.catch(() => {});
		await naive.query(`select l.* from pg_lock_status() l`).catch(() => {});
		await naive.query('select count(*)').catch(() => {});
		await naive
			.query(`select has_function_privilege('now()'::pg_catalog.text, 'execute'::pg_catalog.text)`)
			.catch(() => {});
		const others = (await callsIn(cluster)).length;
		await naive.query(`select 'a'::pg_catalog.text ~* 'A'::pg_catalog.text`);
		expect((await callsIn(cluster)).length).toBeGreaterThan(others);
		await naive.query(`select * from pg_stat_get_progress_info('VACUUM'::pg_catalog.text)`).catch(() => {});
		await naive.end();
		const called = new Set(await callsIn(cluster));
		for (const name of [
			'operator',
			'clock_timestamp()',
			'count()',
			'pg_lock_status()',
			'pg_stat_get_progress_info()',
			'has_function_privilege()',
			'textsend()',
		])
			expect([...called]).toContain(`PLANTED ${name} was called`);

		const before = (await callsIn(cluster)).length;
		const pgtop = await openPgtop(cluster);
		await sayAll(cluster, pgtop, await openPgtop(cluster, {}, {signals: 'dry'}));
		expect((await callsIn(cluster)).slice(before)).toEqual([]);
		expect(pgtop.losses).toEqual([]);

		// What is asked while connecting, too.
		for (const attributes of ['primary', 'read-write'] as const) await openPgtop(cluster, {attributes});
		await expect(openPgtop(cluster, {attributes: 'standby'})).rejects.toThrow('is no standby');
		expect((await callsIn(cluster)).slice(before)).toEqual([]);

		const pooled = await openPgtop(cluster);
		const pooledDry = await openPgtop(cluster, {}, {signals: 'dry'});
		await litter(pooled.client);
		await litter(pooledDry.client);
		const littered = (await callsIn(cluster)).length;
		await sayAll(cluster, pooled, pooledDry);
		expect((await callsIn(cluster)).slice(littered)).toEqual([]);
	});
});
