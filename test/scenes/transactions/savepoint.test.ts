import {expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {letGo, setStage, told, untilLookedAt} from '../stage.js';

const stage = setStage();

const locks = async (pid: number) =>
	stage.cluster.observe<{mode: string}>(
		`select mode from pg_locks where pid = ${pid} and relation = 'stock'::regclass`,
	);

test('c on a query in a transaction aborts it, and its locks are released', async () => {
	await stage.cluster.observe('create table if not exists stock (id int)');
	await stage.cluster.observe('grant all on stock to app');
	const victim = await stage.session();
	await victim.query('begin');
	await victim.query('lock table stock');
	const failure = victim.start('select pg_sleep(600)').catch((error: unknown) => error);
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	const {signal, outcome} = await told(
		run,
		/query ended \d\.\ds after c: transaction aborted, locks released/,
	);
	expect(signal).toMatchObject({signal: 'cancel', pid: victim.pid, query: 'select pg_sleep(600)'});
	expect(outcome.outcome).toBe('query ended');
	expect(await failure).toMatchObject({code: '57014'});
	expect(await victim.activity()).toMatchObject({state: 'idle in transaction (aborted)'});
	expect(await locks(victim.pid)).toEqual([]);
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
});

test('a savepoint keeps the transaction and its locks: the screen says so, and k ends it', async () => {
	await stage.cluster.observe('create table if not exists stock (id int)');
	await stage.cluster.observe('grant all on stock to app');
	const victim = await stage.session();
	await victim.query('begin');
	await victim.query('lock table stock');
	await victim.query('savepoint before');
	// As psql's ON_ERROR_ROLLBACK and JDBC's autosave do it: in the same round trip, so that no moment in between is seen.
	const rolledBack = victim
		.start('select pg_sleep(600)')
		.catch(async () => victim.query('rollback to savepoint before'));
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	const {signal, outcome} = await told(
		run,
		/query ended \d\.\ds after c: still in its transaction. k ends it/,
	);
	expect(signal).toMatchObject({
		signal: 'cancel',
		pid: victim.pid,
		user: 'app',
		database: 'appdb',
		state: 'active',
	});
	expect(outcome.outcome).toBe('query ended');
	await rolledBack;
	expect(await victim.activity()).toMatchObject({state: 'idle in transaction'});
	expect(await locks(victim.pid)).toEqual([{mode: 'AccessExclusiveLock'}]);

	await untilLookedAt(run, ({state}) => state === 'idle in transaction');
	await letGo(run);
	await run.press('c');
	await run.says(/nothing to cancel: idle in transaction for [\d.]+s. k ends the session/);
	await run.press('k');
	const end = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(end.signal.signal).toBe('terminate');
	expect(end.outcome.outcome).toBe('ended');
	expect(await run.signalLines()).toHaveLength(2);
	await waitUntil(stage.cluster, `not exists (select from pg_locks where pid = ${victim.pid})`);
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});

test('c under a savepoint without a rollback to it: what is aborted keeps its locks, and nothing else is claimed', async () => {
	await stage.cluster.observe('create table if not exists stock (id int)');
	await stage.cluster.observe('grant all on stock to app');
	const victim = await stage.session();
	await victim.query('begin');
	await victim.query('lock table stock');
	await victim.query('savepoint before');
	void victim.start('select pg_sleep(600)');
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	const {outcome} = await told(run, /query ended \d\.\ds after c/);
	expect(await victim.activity()).toMatchObject({state: 'idle in transaction (aborted)'});
	expect(await locks(victim.pid)).toEqual([{mode: 'AccessExclusiveLock'}]);
	expect(outcome.sentence).not.toContain('locks released');
	expect(outcome.sentence).toContain('k ends it');
});
