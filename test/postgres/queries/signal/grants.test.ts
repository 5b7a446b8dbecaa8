import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {grantOf, lackedRoles, whyNotSignalled} from '../../../../source/domain/session/rights.js';
import type {Answer} from '../../../../source/domain/signal/look.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {fewServers} from '../../../helpers/server/servers.js';
import {backendOf, openPgtop, orderOn, type Pgtop, visitRunning} from '../../../helpers/session/scene.js';
import {waitUntil} from '../../../helpers/session/session.js';
import {processOf} from '../../../helpers/state/backend.js';

const signals = ['cancel', 'terminate'] as const;

const functions = {cancel: 'pg_cancel_backend(int)', terminate: 'pg_terminate_backend'} as const;

/** The statement in an advice. */
const statementIn = (advice: string | undefined) => {
	expect(advice).toMatch(/^needs GRANT /);
	return advice?.replace('needs ', '') ?? '';
};

const missingIn = (answer: Answer) => (answer.type === 'denied' ? answer.missing : undefined);

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {autovacuum: 'on', autovacuum_naptime: '1s'}});
	});

	afterAll(async () => cluster?.stop());

	/** How a role may be kept from having what the roles that it is granted have, and what it has been granted. */
	const kinds: readonly (readonly [name: string, make: string])[] = [
		['nothing was granted to', 'create role "odd ""one" login'],
		['that inherits nothing', 'create role "odd ""one" login noinherit'],
		[
			'that is a member, and inherits nothing',
			'create role "odd ""one" login noinherit in role pg_signal_backend, pg_read_all_stats',
		],
		...(major >= 16
			? ([
					[
						'that is a member without what its role has',
						`create role "odd ""one" login;
						grant pg_signal_backend, pg_read_all_stats to "odd ""one" with inherit false`,
					],
					[
						'that is a member of a member without what its role has',
						`create role between in role pg_signal_backend;
						create role "odd ""one" login;
						grant between to "odd ""one" with inherit false`,
					],
				] as const)
			: ([
					[
						'that is a member of one that inherits nothing',
						'create role between noinherit in role pg_signal_backend; create role "odd ""one" login in role between',
					],
				] as const)),
	];

	async function openOdd(make: string): Promise<Pgtop> {
		await cluster.observe(make);
		onTestFinished(async () => {
			await cluster.observe('drop role "odd ""one"; drop role if exists between');
		});
		return openPgtop(cluster, {user: 'odd "one'});
	}

	describe.each(kinds)('a role %s', (_, make) => {
		test.each(signals)('%s: the advice of a signal that was denied helps when it is pasted', async signal => {
			const pgtop = await openOdd(make);
			const {victim, end} = await visitRunning(cluster);
			const order = () => orderOn(pgtop, victim.pid, signal);
			const answer = await pgtop.signal(await order());
			expect(answer).toMatchObject({type: 'denied'});
			expect(missingIn(answer)).toBe(
				whyNotSignalled(await backendOf(pgtop, victim.pid), await pgtop.rights()),
			);
			expect(await victim.activity()).toMatchObject({state: 'active'});

			await cluster.observe(statementIn(missingIn(answer)));
			expect(await pgtop.signal(await order())).toMatchObject({type: 'answered', sent: true});
			expect(await end).toBe(signal === 'cancel' ? '57014' : '57P01');
		});

		test('the advice of the alert on what is missing gives it all', async () => {
			const pgtop = await openOdd(make);
			const rights = await pgtop.rights();
			const lacked = lackedRoles(rights);
			expect(lacked).toEqual(['pg_read_all_stats', 'pg_signal_backend']);
			await cluster.observe(grantOf(lacked.join(', '), rights.grantee));
			const given = await pgtop.rights();
			expect(lackedRoles(given)).toEqual([]);
			expect(given).toMatchObject({seesAll: true, signalsAll: true, isSuperuser: false});
			const {victim} = await visitRunning(cluster);
			expect(await backendOf(pgtop, victim.pid)).toMatchObject({isVisible: true, state: 'active'});
		});
	});

	/** Takes a function away from everybody who is no superuser, as careful administrators do. */
	async function revoke(...what: readonly (keyof typeof functions)[]) {
		for (const signal of what) {
			const [row] = await cluster.observe<{name: string}>(
				`select oid::regprocedure::text as name from pg_proc
				  where proname = '${functions[signal].replace(/\(.*/, '')}'`,
			);
			await cluster.observe(`revoke execute on function ${row?.name} from public`);
			onTestFinished(async () => {
				await cluster.observe(`grant execute on function ${row?.name} to public;
					revoke execute on function ${row?.name} from monsig`);
			});
		}
	}

	test.each(signals)('where EXECUTE of the function of %s is revoked its GRANT helps', async signal => {
		await revoke(signal);
		const pgtop = await openPgtop(cluster, {user: 'monsig'});
		const {victim, end} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		const rights = await pgtop.rights();
		expect(Object.keys(rights.revoked)).toEqual([signal]);
		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({type: 'denied', reason: expect.stringContaining('permission denied')});
		expect(missingIn(answer)).toMatch(
			/^needs GRANT EXECUTE ON FUNCTION pg_catalog\.pg_\w+\(.*\) TO "monsig"$/,
		);
		expect(missingIn(answer)).toBe(whyNotSignalled(await backendOf(pgtop, victim.pid), rights, signal));

		await cluster.observe(statementIn(missingIn(answer)));
		expect((await pgtop.rights()).revoked).toEqual({});
		const again = await orderOn(pgtop, victim.pid, signal);
		expect(await pgtop.signal(again)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe(signal === 'cancel' ? '57014' : '57P01');
	});

	test('where one function is revoked the other key works as before', async () => {
		await revoke('terminate');
		const pgtop = await openPgtop(cluster, {user: 'monsig'});
		const {victim, end} = await visitRunning(cluster);
		const [backend, rights] = [await backendOf(pgtop, victim.pid), await pgtop.rights()];
		expect(whyNotSignalled(backend, rights, 'cancel')).toBeUndefined();
		expect(whyNotSignalled(backend, rights, 'terminate')).toContain('pg_terminate_backend');
		expect(await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'))).toMatchObject({sent: true});
		expect(await end).toBe('57014');
	});

	test('where both are revoked one statement gives both', async () => {
		await revoke(...signals);
		const pgtop = await openPgtop(cluster, {user: 'monsig'});
		const {victim, end} = await visitRunning(cluster);
		const why = whyNotSignalled(await backendOf(pgtop, victim.pid), await pgtop.rights());
		await cluster.observe(statementIn(why));
		expect((await pgtop.rights()).revoked).toEqual({});
		expect(whyNotSignalled(await backendOf(pgtop, victim.pid), await pgtop.rights())).toBeUndefined();
		expect(await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'))).toMatchObject({sent: true});
		expect(await end).toBe('57014');
		expect(await pgtop.signal(await orderOn(pgtop, victim.pid, 'terminate'))).toMatchObject({sent: true});
	});

	test('who lacks the role as well is told both, and both pasted help', async () => {
		await revoke('cancel');
		const pgtop = await openOdd('create role "odd ""one" login noinherit');
		const {victim, end} = await visitRunning(cluster);
		const why = whyNotSignalled(await backendOf(pgtop, victim.pid), await pgtop.rights(), 'cancel');
		expect(missingIn(await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel')))).toBe(why);
		await cluster.observe(statementIn(why));
		expect(await pgtop.signal(await orderOn(pgtop, victim.pid, 'cancel'))).toMatchObject({sent: true});
		expect(await end).toBe('57014');
		await cluster.observe('drop owned by "odd ""one"');
	});

	if (major >= 18)
		test.each([
			'create role "odd ""one" login in role pg_monitor',
			'create role "odd ""one" login noinherit; grant pg_monitor to "odd ""one" with inherit true',
			`create role "odd ""one" login in role pg_monitor;
		 grant pg_signal_autovacuum_worker to "odd ""one" with inherit false`,
		])('of an autovacuum worker, too: %j', async make => {
			await cluster.observe(`
			create table if not exists dirty (id int) with (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 1)`);
			await cluster.observe('insert into dirty select generate_series(1, 100000); delete from dirty');
			const pgtop = await openOdd(make);
			const worker =
				"select pid from pg_stat_activity where backend_type = 'autovacuum worker' and query like '%dirty%'";
			await waitUntil(cluster, `exists (${worker})`);
			const [row] = await cluster.observe<{pid: number}>(worker);
			const order = await orderOn(pgtop, row?.pid ?? 0, 'cancel');
			const answer = await pgtop.signal(order);
			const why = whyNotSignalled(
				processOf(1, 'autovacuum worker', {userId: undefined}),
				await pgtop.rights(),
			);
			expect(missingIn(answer)).toBe(why);
			expect(why).toContain('pg_signal_autovacuum_worker');
			await cluster.observe(statementIn(why));
			expect((await pgtop.rights()).signalsOwnerless).toBe('autovacuum workers');
			const again = await orderOn(pgtop, row?.pid ?? 0, 'cancel');
			expect(await pgtop.signal(again)).toMatchObject({type: 'answered', sent: true});
			await waitUntil(cluster, `not exists (${worker} and pid = ${row?.pid})`);
		});
});
