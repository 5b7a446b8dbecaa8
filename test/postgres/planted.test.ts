import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers} from '../helpers/server/servers.js';
import {codeOf, logOf, openPgtop, orderOn, timesIn, visit, visitRunning} from '../helpers/session/scene.js';

const sprung = 'the trap has sprung';

/** Does nothing but tell the log, which no rollback undoes. */
const body = (name: string) =>
	`language plpgsql as $$ begin raise log '${sprung}: %', '${name}'; return null; end $$`;

const numbers = ['int4', 'int8', 'numeric', 'float8', 'oid'];

/** Those of regular expressions, for texts. */
const matches = ['~', '~*', '!~', '!~*'].map(
	(operator, index) =>
		`create function match_${index}(text, text) returns bool ${body(`match_${index}`)};
		create operator public.${operator} (procedure = match_${index}, leftarg = text, rightarg = text)`,
);

const operators = ['*', '=', '<=', '<>', '+', '-'].flatMap((operator, index) =>
	numbers.flatMap(left =>
		numbers.map(right => {
			const name = `trap_${index}_${left}_${right}`;
			const result = '*+-'.includes(operator) ? 'numeric' : 'bool';
			return `create function ${name}(${left}, ${right}) returns ${result} ${body(name)};
				create operator public.${operator} (procedure = ${name}, leftarg = ${left}, rightarg = ${right})`;
		}),
	),
);

/** Those that tell one lock from another. */
const comparisons = ['=', '<>'].map(
	(operator, index) =>
		`create function compare_${index}(text, text) returns bool ${body(`compare_${index}`)};
		create operator public.${operator} (procedure = compare_${index}, leftarg = text, rightarg = text)`,
);

/** With the arguments that the columns of pg_locks are, which fit better than those of any other function of that name. */
const aggregates = [
	['array_agg', 'int4', 'int4[]'],
	['array_agg', 'int8', 'int8[]'],
	['array_agg', 'text', 'text[]'],
	['min', 'timestamptz', 'timestamptz'],
].map(
	([name, parameter, result], index) =>
		`create function step_${index}(${result}, ${parameter}) returns ${result} ${body(`${name} of ${parameter}`)};
		create aggregate public.${name}(${parameter}) (sfunc = step_${index}, stype = ${result})`,
);

/** By the names of the functions that the statements call, and some with arguments that fit them better. */
const functions = [
	['encode', 'bytea, text', 'text'],
	['octet_length', 'text', 'int4'],
	['host', 'inet', 'text'],
	['hashtext', 'text', 'int4'],
	['hashtextextended', 'text, int8', 'int8'],
	['hashtextextended', 'text, int4', 'int8'],
	['textsend', 'text', 'bytea'],
	['textsend', 'name', 'bytea'],
	['substring', 'bytea, int4, int4', 'bytea'],
	['substring', 'bytea, int4', 'bytea'],
	['pg_get_userbyid', 'oid', 'name'],
	['pg_encoding_to_char', 'int4', 'name'],
	['pg_backend_pid', '', 'int4'],
	['clock_timestamp', '', 'timestamptz'],
	['date_part', 'text, timestamptz', 'float8'],
	['extract', 'text, timestamptz', 'numeric'],
	['to_char', 'timestamptz, text', 'text'],
	['current_setting', 'text', 'text'],
	['set_config', 'text, text, bool', 'text'],
	['pg_is_in_recovery', '', 'bool'],
	['pg_is_wal_replay_paused', '', 'bool'],
	['pg_postmaster_start_time', '', 'timestamptz'],
	['pg_cancel_backend', 'int4', 'bool'],
	['pg_terminate_backend', 'int4', 'bool'],
	['pg_lock_status', '', 'int4'],
	['concat_ws', 'text, text, oid, oid, int4, int2, text, xid, oid, oid, int2', 'text'],
	['pg_stat_get_progress_info', 'text', 'int4'],
	['has_function_privilege', 'text, text', 'bool'],
	['has_function_privilege', 'oid, text', 'bool'],
	['pg_has_role', 'text, text', 'bool'],
].map(
	([name, parameters, result]) =>
		`create function public."${name}"(${parameters}) returns ${result} ${body(name ?? '')}`,
);

const casts = [
	['timestamptz', 'int8'],
	['numeric', 'oid'],
	['int4', 'text'],
	['oid', 'text'],
	['inet', 'int8'],
].map(
	([from, to]) => `create function cast_${from}_${to}(${from}) returns ${to} ${body(`${from} to ${to}`)};
		create cast (${from} as ${to}) with function cast_${from}_${to}(${from}) as implicit`,
);

const types = ['int4', 'int8', 'oid', 'text', 'timestamptz'].map(
	name => `create domain public.${name} as pg_catalog.bool`,
);

const views = ['pg_database', 'pg_stat_database', 'pg_class', 'pg_namespace'].map(
	name => `create view public.${name} as select *, trap_0_int4_int4(1, 1) as trap from pg_catalog.${name}`,
);

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		const traps = [operators, matches, comparisons, aggregates, functions, casts, types, views];
		await cluster.observe(traps.flat().join(';\n'));
		await cluster.observe(
			'create role dba login superuser; alter role dba set search_path = public, pg_catalog',
		);
	});

	afterAll(async () => cluster?.stop());

	test('what is planted in public is never run, not even when the search path puts it first', async () => {
		const pgtop = await openPgtop(cluster, {user: 'dba'});
		const {victim, end} = await visitRunning(cluster);
		const {backends, counters} = await pgtop.sample();
		expect(backends.find(({pid}) => pid === victim.pid)).toMatchObject({user: 'app', database: 'appdb'});
		expect(counters).toBeDefined();
		expect(await pgtop.look([victim.pid])).toMatchObject([{seen: {state: 'active'}}]);
		expect(await pgtop.locks(victim.pid)).toMatchObject({advisory: 0, seen: {state: 'active'}});
		expect(await pgtop.inspect(victim.pid)).toMatchObject({inspection: {reasons: []}});
		expect(await pgtop.rights()).toMatchObject({isSuperuser: true, revoked: {}});
		const cancel = await orderOn(pgtop, victim.pid, 'cancel');
		expect(await pgtop.signal(cancel)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe('57014');
		// Its client hears of it first.
		await expect.poll(async () => (await victim.activity())?.state).toBe('idle');
		const terminate = await orderOn(pgtop, victim.pid, 'terminate');
		expect(await pgtop.signal(terminate)).toMatchObject({type: 'answered', sent: true});
		await victim.untilGone();
		expect(timesIn(await logOf(cluster), sprung)).toBe(0);
	});

	test('nor when somebody waits for a lock', async () => {
		const pgtop = await openPgtop(cluster, {user: 'dba'});
		const [holder, waiter] = [await visit(cluster), await visit(cluster)];
		await holder.query('create table contested ()');
		await holder.query('begin');
		await holder.query('lock table contested');
		void waiter.start('select from contested');
		await waiter.untilBlocked();
		const picture = await pgtop.sample();
		expect(picture.missing).toEqual([]);
		const row = {type: 'relation', isGranted: false, pids: [waiter.pid]};
		expect(picture.locks?.rows).toContainEqual(expect.objectContaining(row));
		expect(picture.relations).toMatchObject([{name: 'contested'}]);
		expect((await pgtop.waits([waiter.pid])).locks.rows).toContainEqual(expect.objectContaining(row));
		const {inspection} = await pgtop.inspect(waiter.pid);
		expect(inspection?.locks?.rows).toContainEqual(expect.objectContaining(row));
		expect(inspection?.sessionLocks?.[0]).toMatchObject({isGranted: false, on: 'relation contested'});
		expect(timesIn(await logOf(cluster), sprung)).toBe(0);
	});

	test.each([
		"select extract(epoch from pg_catalog.now()) * '1'::pg_catalog.int4",
		"select encode('a'::pg_catalog.bytea, 'escape'::pg_catalog.text)",
		'select pg_backend_pid()',
		"select hashtext('a'::pg_catalog.text)",
		'select pg_catalog.now()::pg_catalog.int8',
		'select trap from pg_database limit 1',
		'select pg_cancel_backend(1::pg_catalog.int4)',
		'select pg_lock_status()',
		"select concat_ws(' '::pg_catalog.text, locktype, database, relation, page, tuple, virtualxid, transactionid, classid, objid, objsubid) from pg_catalog.pg_locks limit 1",
		"select 'a'::pg_catalog.text <> 'b'::pg_catalog.text",
		'select array_agg(pid order by pid) from pg_catalog.pg_locks',
		'select trap from pg_class limit 1',
		"select pg_stat_get_progress_info('VACUUM'::pg_catalog.text)",
		"select has_function_privilege('now()'::pg_catalog.text, 'execute'::pg_catalog.text)",
		"select 'a'::pg_catalog.text ~* 'A'::pg_catalog.text",
	])('the traps are real: %s', async text => {
		const session = await visit(cluster, {user: 'dba'});
		const before = timesIn(await logOf(cluster), sprung);
		expect(await codeOf(session.query(text))).toBeUndefined();
		expect(timesIn(await logOf(cluster), sprung)).toBeGreaterThan(before);
	});
});
