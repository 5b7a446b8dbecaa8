import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {startRun} from '../../../helpers/run.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {endServers} from '../../../helpers/server/servers.js';
import {endOf, logOf, openPgtop, orderOn, visit, visitRunning} from '../../../helpers/session/scene.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(`
			create table stock (id int);
			alter table stock owner to app;
			create role logged login superuser;
			alter role logged set log_statement = 'all'`);
	});

	afterAll(async () => cluster?.stop());

	const scenes = [
		['a lock on a table', 'lock table stock', {held: 0, advisory: 0}],
		['a row that it wrote', 'insert into stock values (1)', {held: 0, advisory: 0}],
		['an advisory lock of its own', 'select pg_advisory_xact_lock(7)', {held: 0, advisory: 0}],
		['one of the session', 'lock table stock; select pg_advisory_lock(7)', {held: 0, advisory: 1}],
		[
			'some of them',
			'select pg_advisory_lock(7), pg_advisory_lock_shared(8), pg_advisory_xact_lock(9)',
			{held: 0, advisory: 2},
		],
	] as const;

	test.each(scenes)(
		'a transaction with %s that was cancelled holds what outlives it',
		async (_, text, left) => {
			const pgtop = await openPgtop(cluster);
			const {startedAt} = (await pgtop.sample()).server;
			const {victim, end} = await visitRunning(cluster, `begin; ${text}; select pg_sleep(60)`);
			const before = await pgtop.locks(victim.pid);
			expect(before).toMatchObject({pid: victim.pid, startedAt, seen: {state: 'active'}});
			expect(before.held + before.advisory).toBeGreaterThan(left.advisory);
			await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'));
			expect(await end).toBe('57014');
			const after = await pgtop.locks(victim.pid);
			expect(after).toMatchObject({...left, startedAt, seen: {state: 'idle in transaction (aborted)'}});
			expect(after.seen).not.toHaveProperty('xactStart');
			// Where it waits it may come to only after that.
			const {wait, ...seen} = after.seen ?? {};
			expect((await pgtop.look([victim.pid]))[0]?.seen).toMatchObject(seen);
		},
	);

	test('what a session waits for it does not hold', async () => {
		const pgtop = await openPgtop(cluster);
		const keeper = await visit(cluster);
		await keeper.query('select pg_advisory_lock(7)');
		const {victim} = await visitRunning(cluster, 'select pg_advisory_lock(7)');
		await victim.untilBlocked();
		expect(await pgtop.locks(victim.pid)).toMatchObject({advisory: 0});
		expect(await pgtop.locks(keeper.pid)).toMatchObject({held: 0, advisory: 1, seen: {state: 'idle'}});
	});

	test.each(['sent', 'dry'] as const)(
		'after a signal (%s) it can be read who waits for whom now',
		async signals => {
			const pgtop = await openPgtop(cluster, {user: 'monsig'}, {signals});
			expect(await pgtop.waits([])).toEqual({locks: {rows: [], serverMs: expect.any(Number)}, looks: []});
			const keeper = await visit(cluster);
			await keeper.query('select pg_advisory_lock(7)');
			const {victim} = await visitRunning(cluster, 'select pg_advisory_lock(7)');
			await victim.untilBlocked();
			const {locks, looks} = await pgtop.waits([victim.pid, 1]);
			const {rows} = locks;
			expect(looks).toMatchObject([{pid: victim.pid, seen: {pid: victim.pid}}, {pid: 1}]);
			expect(looks[1]).not.toHaveProperty('seen');
			expect(rows.map(({type, isGranted, pids}) => [type, isGranted, pids])).toEqual(
				expect.arrayContaining([
					['advisory', true, [keeper.pid]],
					['advisory', false, [victim.pid]],
				]),
			);
			expect((await pgtop.sample()).locks?.rows).toEqual(rows);
		},
	);

	test('a pid that nobody has holds nothing', async () => {
		const pgtop = await openPgtop(cluster);
		const {startedAt} = (await pgtop.sample()).server;
		const victim = await visit(cluster);
		await victim.end();
		await victim.untilGone();
		expect(await pgtop.locks(victim.pid)).toEqual({
			pid: victim.pid,
			at: expect.any(Number),
			startedAt,
			held: 0,
			advisory: 0,
		});
	});

	/** The whole program, pressed on a session that runs in a transaction. */
	async function cancelled(text: string) {
		const folder = await mkdtemp(join(tmpdir(), 'pgtop-locks-'));
		const run = await startRun(cluster, {user: 'logged', auditFile: join(folder, 'audit.jsonl')});
		onTestFinished(async () => {
			await run.close();
			await rm(folder, {recursive: true});
		});
		const {victim, end} = await visitRunning(cluster, text);
		await run.select(victim.pid);
		await run.press('c');
		expect(await end).toBe('57014');
		return {run, victim};
	}

	test.each([
		['lock table stock', 'locks released'],
		['select pg_advisory_lock(7)', 'still holds 1 advisory lock'],
	])('of a transaction that began with %s it is said what is left: %s', async (text, said) => {
		const {run} = await cancelled(`begin; ${text}; select pg_sleep(60)`);
		await expect
			.poll(async () => (await run.outcomeLines()).at(-1)?.sentence)
			.toMatch(new RegExp(`^query ended \\d\\.\\ds after c: transaction aborted, ${said}$`));
	});

	test('behind a savepoint the locks are kept, and are not asked for', async () => {
		const before = (await logOf(cluster)).length;
		const {run, victim} = await cancelled('begin; lock table stock; savepoint a; select pg_sleep(60)');
		await run.says(
			new RegExp(`^${victim.pid} query ended .* after c: still in its transaction. k ends it`, 'm'),
		);
		const told = (await logOf(cluster)).slice(before);
		expect(told).toContain('pg_cancel_backend');
		expect(told).not.toContain('from pg_catalog.pg_lock_status() l');
	});

	test('of our own session each answer says that it is ours, and which server it is from', async () => {
		const pgtop = await openPgtop(cluster);
		const {ownPid, server} = await pgtop.sample();
		const {startedAt} = server;
		expect(startedAt).toBeGreaterThan(0);
		const other = await visit(cluster);
		const answers = async (pid: number) => [
			(await pgtop.look([pid]))[0],
			(await pgtop.factsOf(pid)).inspection,
			await pgtop.locks(pid),
		];
		for (const answer of await answers(ownPid)) expect(answer).toMatchObject({isOwn: true, startedAt});
		for (const answer of await answers(other.pid)) {
			expect(answer).toMatchObject({startedAt});
			expect(answer).not.toHaveProperty('isOwn');
		}
	});

	test('a role that may not read since when the server runs is answered all the same', async () => {
		await cluster.observe('revoke execute on function pg_postmaster_start_time() from public');
		onTestFinished(async () => {
			await cluster.observe('grant execute on function pg_postmaster_start_time() to public');
		});
		const pgtop = await openPgtop(cluster, {user: 'monsig'});
		const {server, missing} = await pgtop.sample();
		expect(missing.map(({part}) => part)).toEqual(['start']);
		expect(server).not.toHaveProperty('startedAt');
		const {victim, end} = await visitRunning(cluster, 'begin; select pg_sleep(60)');
		const [look] = await pgtop.look([victim.pid]);
		expect(look).toMatchObject({seen: {state: 'active'}});
		expect(look).not.toHaveProperty('startedAt');
		expect((await pgtop.inspect(victim.pid)).inspection).toMatchObject({reasons: []});
		expect(await pgtop.locks(victim.pid)).toMatchObject({seen: {state: 'active'}});
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		expect(order).not.toHaveProperty('startedAt');
		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true, held: []});
		expect(await end).toBe('57014');
		await endOf(victim, 'rollback');
	});
});
