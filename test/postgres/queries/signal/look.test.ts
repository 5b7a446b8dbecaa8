import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {outcomeOfLook} from '../../../../source/domain/signal/look-outcome.js';
import {startProxy} from '../../../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {servers} from '../../../helpers/server/servers.js';
import {backendOf, openPgtop, orderOn, visit, visitRunning} from '../../../helpers/session/scene.js';
import {waitUntil} from '../../../helpers/session/session.js';

describe.each(servers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	test('a look shows what a picture shows: identity, times, state, wait and hash', async () => {
		const pgtop = await openPgtop(cluster);
		const holder = await visit(cluster);
		await holder.query('begin; select pg_advisory_xact_lock(7)');
		const {victim} = await visitRunning(cluster, 'select pg_advisory_xact_lock(7)');
		await victim.untilBlocked();
		await waitUntil(
			cluster,
			`exists (select from pg_stat_activity where pid = ${holder.pid} and wait_event = 'ClientRead')`,
		);
		for (const {pid} of [holder, victim]) {
			const {server, backends} = await pgtop.sample();
			const shown = backends.find(one => one.pid === pid);
			const {backendStart, xactStart, queryStart, stateChange, state, userId, wait, hash} = shown ?? {};
			const {startedAt} = server;
			const [look, ...others] = await pgtop.look([pid]);
			expect(others).toEqual([]);
			expect(look).toEqual({
				pid,
				at: expect.any(Number),
				startedAt,
				seen: {
					pid,
					userId,
					backendStart,
					xactStart,
					queryStart,
					stateChange,
					state,
					wait,
					hash,
				},
			});
		}
	});

	test('several pids are looked at in one message, whether somebody has them or not', async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		const idle = await visit(cluster);
		const {victim} = await visitRunning(cluster);
		const gone = await visit(cluster);
		await gone.end();
		await gone.untilGone();
		const {at} = await pgtop.sample();

		proxy.hold();
		const looking = pgtop.look([gone.pid, victim.pid, idle.pid]);
		await proxy.untilSent('lateral');
		proxy.release();
		const looks = await looking;
		expect(looks.map(look => [look.pid, look.seen?.state])).toEqual([
			[gone.pid, undefined],
			[victim.pid, 'active'],
			[idle.pid, 'idle'],
		]);
		for (const look of looks) expect(look.at).toBeGreaterThan(at);
		expect(looks[0]).not.toHaveProperty('seen');
	});

	test('a role without rights sees that a session is there, and whose it is', async () => {
		const pgtop = await openPgtop(cluster, {user: 'sig'});
		const {victim} = await visitRunning(cluster);
		const {userId} = await backendOf(pgtop, victim.pid);
		const [look] = await pgtop.look([victim.pid]);
		expect(look?.seen).toEqual({pid: victim.pid, userId, hash: expect.any(String)});
	});

	test('who may not see what a session does is not told that its query ended', async () => {
		const pgtop = await openPgtop(cluster, {user: 'sig'});
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		const [look] = await pgtop.look([victim.pid]);
		expect(look && outcomeOfLook(order, look)).toBeUndefined();
		expect(await victim.activity()).toMatchObject({state: 'active'});
	});

	test.each([
		['cancel', '', {type: 'query ended', now: 'idle'}],
		['cancel', 'begin; ', {type: 'query ended', now: 'aborted'}],
		['terminate', '', {type: 'ended'}],
	] as const)('after %s ("%s") looks show what came of it', async (signal, begin, outcome) => {
		const pgtop = await openPgtop(cluster);
		const {victim, end} = await visitRunning(cluster, `${begin}select pg_sleep(60)`);
		const order = await orderOn(pgtop, victim.pid, signal);
		const seen = async () => {
			const [look] = await pgtop.look([victim.pid]);
			return look && outcomeOfLook(order, look);
		};

		expect(await seen()).toBeUndefined();
		await pgtop.signal(order);
		await end;
		if (signal === 'terminate') await victim.untilGone();
		expect(await seen()).toEqual(outcome);
	});
});
