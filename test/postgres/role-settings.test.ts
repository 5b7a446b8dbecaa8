import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {Failure} from '../../source/ports/failure.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers} from '../helpers/server/servers.js';
import {backendOf, openPgtop, orderOn, visit, visitRunning} from '../helpers/session/scene.js';

/** What a role may come with, and in which versions. */
type RoleSetting = {
	readonly name: string;
	readonly value: string;
	readonly since?: number;
	readonly until?: number;
};

const roleSettings: readonly RoleSetting[] = [
	{name: 'search_path', value: 'public'},
	{name: 'lock_timeout', value: "'1ms'"},
	{name: 'default_transaction_isolation', value: 'serializable'},
	{name: 'default_transaction_read_only', value: 'on'},
	{name: 'default_transaction_deferrable', value: 'on'},
	{name: 'client_min_messages', value: 'debug5'},
	{name: 'client_encoding', value: 'latin1'},
	{name: 'datestyle', value: 'sql, dmy'},
	{name: 'intervalstyle', value: 'sql_standard'},
	{name: 'timezone', value: "'Asia/Tokyo'"},
	{name: 'bytea_output', value: 'escape'},
	{name: 'extra_float_digits', value: '-15'},
	{name: 'standard_conforming_strings', value: 'off', until: 18},
	{name: 'transform_null_equals', value: 'on'},
	{name: 'array_nulls', value: 'off'},
	{name: 'row_security', value: 'off'},
	{name: 'force_parallel_mode', value: 'on', until: 15},
	{name: 'debug_parallel_query', value: 'on', since: 16},
	{name: 'stats_fetch_consistency', value: 'none', since: 15},
	{name: 'statement_timeout', value: "'10s'"},
	{name: 'idle_in_transaction_session_timeout', value: "'10s'"},
	{name: 'idle_session_timeout', value: "'10s'", since: 14},
	{name: 'transaction_timeout', value: "'10s'", since: 17},
];

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	const isKnown = ({since = 10, until = major}: Partial<RoleSetting>) => major >= since && major <= until;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe('create role strange login superuser');
	});

	afterAll(async () => cluster?.stop());

	afterEach(async () => {
		await cluster.observe('alter role strange reset all');
	});

	const openStrange = async (...settings: readonly string[]) => {
		for (const setting of settings) await cluster.observe(`alter role strange set ${setting}`);
		return openPgtop(cluster, {user: 'strange'});
	};

	test.each(roleSettings.filter(isKnown))(
		'with $name = $value it shows and signals the same',
		async ({name, value}) => {
			const usual = await openPgtop(cluster);
			const pgtop = await openStrange(`${name} = ${value}`);
			const {victim, end} = await visitRunning(cluster);
			expect(await backendOf(pgtop, victim.pid)).toEqual(await backendOf(usual, victim.pid));
			const {server} = await usual.sample();
			expect((await pgtop.sample()).server).toEqual({...server, user: 'strange'});
			expect(await pgtop.look([victim.pid])).toMatchObject([{pid: victim.pid, seen: {state: 'active'}}]);
			const answer = await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'));
			expect(answer).toMatchObject({type: 'answered', sent: true});
			expect(answer).not.toHaveProperty('warning');
			expect(await end).toBe('57014');
		},
	);

	test('a role that becomes another one has the rights of that one', async () => {
		const pgtop = await openStrange('role = plain');
		const {victim} = await visitRunning(cluster);
		const {server} = await pgtop.sample();
		expect(server.user).toBe('plain');
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		expect(await pgtop.signal(order)).toMatchObject({type: 'denied'});
	});

	test('a role that gets messages for debugging is told the reason, and not those', async () => {
		const pgtop = await openStrange('client_min_messages = debug5');
		const {backends} = await pgtop.sample();
		const pid = backends.find(({type}) => type === 'checkpointer')?.pid ?? 0;
		const answer = await pgtop.signal(await orderOn(pgtop, pid, 'terminate'));
		const warning = expect.stringMatching(`^PID ${pid} is not a PostgreSQL`);
		expect(answer).toMatchObject({sent: false, warning});
	});

	test('a role whose transactions wait for a safe snapshot does not let a signal wait', async () => {
		const {victim, end} = await visitRunning(cluster);
		const writer = await visit(cluster, {user: 'postgres'});
		await writer.query(
			'begin isolation level serializable; create table written (); select * from pg_class limit 1',
		);
		const pgtop = await openStrange(
			'default_transaction_isolation = serializable',
			'default_transaction_read_only = on',
			'default_transaction_deferrable = on',
		);
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe('57014');
	});

	const failureOf = (promise: Promise<unknown>): Promise<Failure | undefined> =>
		promise.then(
			() => undefined,
			(failure: Failure) => failure,
		);

	test.each(
		[
			{limit: 'statement_timeout', value: '1ms'},
			{limit: 'transaction_timeout', value: '500ms', since: 17},
		].filter(isKnown),
	)('with $limit = $value a picture may fail, and the connection stays', async ({limit, value}) => {
		const pgtop = await openStrange(`${limit} = '${value}'`);
		const blocker = await visit(cluster, {user: 'postgres'});
		for (const text of ['begin', 'lock table pg_database in access exclusive mode', 'commit']) {
			await blocker.query(text);
			for (let round = 0; round < (text.startsWith('lock') ? 1 : 20); round++) {
				const {isLost = false} = (await failureOf(pgtop.sample())) ?? {};
				expect(isLost).toBe(false);
			}
		}

		expect(pgtop.losses).toEqual([]);
	});

	test('a limit for idle transactions does not end a refresh between its two messages', async () => {
		const pgtop = await openStrange("idle_in_transaction_session_timeout = '1ms'");
		for (let round = 0; round < 50; round++) expect(await failureOf(pgtop.sample())).toBeUndefined();
		expect(pgtop.losses).toEqual([]);
	});
});
