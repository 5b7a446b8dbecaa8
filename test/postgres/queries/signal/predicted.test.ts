import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {maySignal, whyNotSignalled} from '../../../../source/domain/session/rights.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {endServers} from '../../../helpers/server/servers.js';
import {backendOf, openPgtop, orderOn, visit, visitWalsender} from '../../../helpers/session/scene.js';
import {untilPidGone} from '../../../helpers/session/session.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			settings: {autovacuum: 'on', autovacuum_naptime: '1s', max_wal_senders: '4'},
		});
		await cluster.observe(`
			create role member login in role app;
			create role stranger login noinherit in role app;
			create role "odd ""name" login;
			${major >= 18 ? 'create role sweeper login in role pg_monitor, pg_signal_autovacuum_worker;' : ''}`);
	});

	afterAll(async () => cluster?.stop());

	/** Sessions of every kind of owner, and the processes that there always are. */
	async function targets() {
		const users = ['app', 'plain', 'postgres', 'su2'];
		const sessions = await Promise.all(users.map(async user => visit(cluster, {user})));
		const walsender = await visitWalsender(cluster);
		const processes = await cluster.observe<{pid: number}>(`
			select pid from pg_stat_activity
			 where backend_type in ('checkpointer', 'walwriter', 'background writer', 'autovacuum launcher', 'logical replication launcher')`);
		return [...sessions, ...processes, walsender].map(({pid}) => pid);
	}

	const callers = [
		'postgres',
		'su2',
		'app',
		'member',
		'stranger',
		'plain',
		'mon',
		'sig',
		'monsig',
		'odd "name',
		...(major >= 18 ? ['sweeper'] : []),
	];

	test.each(callers)('what is foretold of the rights of %s is what the server then says', async user => {
		const pgtop = await openPgtop(cluster, {user});
		for (const pid of await targets()) {
			const backend = await backendOf(pgtop, pid);
			const rights = await pgtop.rights();
			// What runs nothing is held back by the guard, and not by the server's rules.
			const answer = await pgtop.signal(await orderOn(pgtop, pid, 'cancel', 'session'));
			const foretold = maySignal(backend, rights);
			const why = whyNotSignalled(backend, rights);
			const said = JSON.stringify({user, backend, rights, answer});
			expect(why === undefined, said).toBe(foretold);
			// A process of which nothing is shown may be one that nobody can signal: it gets no mark.
			const isHidden = !backend.isVisible && backend.user === undefined;
			// Even a cancel ends the launcher of logical replication: it can't be asked twice.
			const wasSent = answer.type === 'answered' && answer.sent === true;
			if (!isHidden || !foretold) expect(foretold, said).toBe(wasSent || !(await isDenied(user, pid)));
			// What is hidden and belongs to nobody may be anything: the server's own reason tells.
			if (answer.type === 'denied' && (!isHidden || major < 18)) expect(why, said).toBe(answer.missing);
			// It starts again under another pid, some seconds later: the next round must not find it while it ends.
			if (wasSent && backend.type === 'logical replication launcher') await untilPidGone(cluster, pid);
		}
	});

	/** Asked without a guard, in a transaction of its own: a cancel hurts none of these. */
	async function isDenied(user: string, pid: number): Promise<boolean> {
		const session = await visit(cluster, {user, application: 'asker'});
		const warnings: string[] = [];
		session.client.on('notice', ({code}) => warnings.push(code ?? ''));
		const code = await session.query(`select pg_cancel_backend(${pid})`).then(
			() => warnings[0],
			(error: {readonly code?: string}) => error.code,
		);
		expect([undefined, '42501', '01000']).toContain(code);
		return code !== undefined;
	}

	test('an autovacuum worker, too', async () => {
		await cluster.observe(`
			create table if not exists dirty (id int) with (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 1)`);
		await cluster.observe('insert into dirty select generate_series(1, 100000); delete from dirty');
		for (const user of callers) {
			const pgtop = await openPgtop(cluster, {user});
			const rights = await pgtop.rights();
			let pid = 0;
			await expect
				.poll(async () => {
					const [worker] = await cluster.observe<{pid: number}>(
						"select pid from pg_stat_activity where backend_type = 'autovacuum worker' and query like '%dirty%'",
					);
					pid = worker?.pid ?? 0;
					return pid;
				})
				.toBeGreaterThan(0);
			const isForetold = maySignal(await backendOf(pgtop, pid), rights);
			expect(isForetold, user).toBe(!(await isDenied(user, pid)));
			// It is in the list for a while yet, and would be taken for the next one's.
			if (isForetold) await untilPidGone(cluster, pid);
		}
	});
});
