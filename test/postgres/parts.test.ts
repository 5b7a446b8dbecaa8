import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Part} from '../../source/domain/server/snapshot.js';
import {type PartTable, parts, partTable} from '../../source/postgres/parts.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {fewServers} from '../helpers/server/servers.js';
import {backendOf, logOf, openPgtop, orderOn, timesIn, visitRunning} from '../helpers/session/scene.js';

/** What may have been taken away from everybody, and the parts that then fail. */
const revoked: readonly (readonly [what: string, ...parts: readonly Part[]])[] = [
	['execute on function pg_postmaster_start_time()', 'start'],
	['execute on function pg_is_in_recovery()', 'recovery', 'wal', 'slots', 'standbys', 'receiver'],
	['execute on function pg_is_wal_replay_paused()', 'recovery'],
	['select on pg_stat_database', 'counters'],
	['execute on function pg_stat_get_db_xact_commit(oid)', 'counters'],
	['execute on function pg_get_userbyid(oid)', 'roles', 'prepared'],
	['execute on function current_database()', 'self'],
	['execute on function pg_encoding_to_char(integer)', 'databases'],
	['execute on function host(inet)', 'clients', 'standbys'],
	['execute on function set_config(text, text, boolean)', 'zone'],
	['execute on function to_char(timestamptz, text)', 'zone'],
	['select on pg_database', 'databases', 'wraparound', 'prepared'],
	['execute on function pg_current_wal_lsn()', 'wal', 'slots', 'standbys'],
	['execute on function txid_current_snapshot()', 'nextXid'],
	['execute on function pg_stat_get_archiver()', 'archiver'],
	['execute on function pg_lock_status()', 'locks', 'relations'],
	['execute on function concat_ws(text, "any")', 'locks'],
	['select on pg_namespace', 'relations'],
];

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** Those who may signal use another database: this one has lost something. */
	async function revoke(what: string) {
		await cluster.observe(`revoke ${what} from public`);
		onTestFinished(async () => {
			await cluster.observe(`grant ${what} to public`);
		});
	}

	const errors = async () => timesIn(await logOf(cluster), 'ERROR:');

	test.each(revoked)(
		'without %s %s is left out and named, and the rest is there',
		async (what, ...lacking) => {
			await revoke(what);
			const pgtop = await openPgtop(cluster, {user: 'monsig'});
			const {victim} = await visitRunning(cluster);
			const picture = await pgtop.sample();
			const of = picture.missing.map(one => one.part);
			expect(of).toEqual(lacking);
			for (const missing of picture.missing)
				expect(missing).toMatchObject({
					why: expect.stringMatching(/^permission denied for /),
					isForNow: false,
				});
			const shown = picture.backends.find(({pid}) => pid === victim.pid);
			expect(shown).toMatchObject({state: 'active'});
			// What has no name has its oid.
			expect(shown?.user).toMatch(lacking.includes('roles') ? /^\d+$/ : /^app$/);
			expect(shown?.database).toMatch(lacking.includes('databases') ? /^\d+$/ : /^appdb$/);
			expect(picture.server.recovery).toBe(of.includes('recovery') ? undefined : 'PRIMARY');
			expect(picture.server.startedAt !== undefined).toBe(!of.includes('start'));
			expect(picture.counters !== undefined).toBe(!of.includes('counters'));

			// Nothing is asked for again, so nothing is logged again.
			const left = parts.filter(one => !of.includes(one));
			const before = await errors();
			for (let times = 0; times < 5; times++) expect((await pgtop.sample(left)).missing).toEqual([]);
			expect(await errors()).toBe(before);
			expect(await pgtop.signal(await orderOn(pgtop, victim.pid, 'terminate'))).toMatchObject({sent: true});
			await victim.untilGone();
			expect(pgtop.losses).toEqual([]);
		},
	);

	test('what only a later server has is not asked for, and not missing', async () => {
		const {counters, databases} = partTable;
		const since = binaries.major + 1;
		const table = {...partTable, counters: {...counters, since}, databases: {...databases, since}};
		const pgtop = await openPgtop(cluster, {user: 'monsig'}, {table});
		expect(pgtop.parts.map(({part}) => part)).toEqual(
			parts.filter(part => part !== 'counters' && part !== 'databases'),
		);
		for (const picture of [await pgtop.sample(), await pgtop.sample(parts)]) {
			expect(picture.missing).toEqual([]);
			expect(picture.counters).toBeUndefined();
			expect(picture.backends.find(({pid}) => pid === picture.ownPid)?.database).toMatch(/^\d+$/);
		}
	});

	test('what was not asked for, because its pace is not over, keeps its value until it fails', async () => {
		const {counters, start} = partTable;
		const every = 70_000;
		const table = {...partTable, counters: {...counters, every}, start: {...start, every}} as PartTable;
		const pgtop = await openPgtop(cluster, {user: 'monsig'}, {table});
		expect(pgtop.parts.filter(part => part.every === every).map(({part}) => part)).toEqual([
			'start',
			'counters',
		]);
		const others = parts.filter(part => part !== 'counters' && part !== 'start');
		const first = await pgtop.sample();
		expect(first).toMatchObject({counters: {commits: expect.any(Number)}, missing: []});
		const {startedAt} = first.server;
		for (const next of [await pgtop.sample(others), await pgtop.sample(others)])
			expect(next).toMatchObject({counters: first.counters, server: {startedAt}, missing: []});
		// It is known, so the other statements do not do without it.
		expect(await pgtop.look([cluster.pid()])).toMatchObject([{startedAt}]);

		await revoke('select on pg_stat_database');
		const without = await pgtop.sample([...others, 'counters']);
		expect(without.missing.map(({part}) => part)).toEqual(['counters']);
		for (const next of [without, await pgtop.sample(others)]) {
			expect(next.counters).toBeUndefined();
			expect(next.server.startedAt).toBe(startedAt);
		}
	});

	test('without what every picture needs there is none, in the words of the server, and no part is blamed', async () => {
		await revoke('execute on function pg_backend_pid()');
		const pgtop = await openPgtop(cluster, {user: 'monsig'});
		const before = await errors();
		await expect(pgtop.sample()).rejects.toEqual({
			sentence: 'permission denied for function pg_backend_pid',
			hint: 'a superuser may GRANT that, or come as another role',
			isLost: false,
		});
		expect((await errors()) - before).toBe(2);
		// While it goes on, less is asked and less is logged.
		await expect(pgtop.sample()).rejects.toMatchObject({isLost: false});
		expect((await errors()) - before).toBe(3);
		await cluster.observe('grant execute on function pg_backend_pid() to public');
		expect((await pgtop.sample()).missing).toEqual([]);
	});

	test('a role with a limit of 1 ms for a statement sees and signals all the same', async () => {
		await cluster.observe('create role hasty login in role pg_monitor, pg_signal_backend');
		await cluster.observe('alter role hasty set statement_timeout = 1');
		const pgtop = await openPgtop(cluster, {user: 'hasty'});
		for (let times = 0; times < 20; times++) {
			const {victim, end} = await visitRunning(cluster);
			expect((await pgtop.sample()).missing).toEqual([]);
			expect(await pgtop.look([victim.pid])).toMatchObject([{seen: {state: 'active'}}]);
			expect((await pgtop.inspect(victim.pid)).inspection?.text).toBe('select pg_sleep(60)');
			expect((await pgtop.rights()).signalsAll).toBe(true);
			const order = await orderOn(pgtop, victim.pid, 'cancel');
			expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
			expect(await end).toBe('57014');
			await victim.end();
		}

		expect(pgtop.losses).toEqual([]);
	});

	test('a superuser who is none any more gets the next picture all the same, with a line in the log', async () => {
		await cluster.observe('create role fallen login superuser');
		const pgtop = await openPgtop(cluster, {user: 'fallen'});
		expect((await pgtop.sample()).missing).toEqual([]);
		await cluster.observe('alter role fallen nosuperuser');
		expect((await pgtop.sample()).missing).toEqual([]);
		const before = await errors();
		expect((await pgtop.sample()).missing).toEqual([]);
		expect(await errors()).toBe(before);
		expect(await backendOf(pgtop, cluster.pid()).catch(() => 'none')).toBe('none');
	});
});
