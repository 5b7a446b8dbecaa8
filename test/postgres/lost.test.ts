import process from 'node:process';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Failure} from '../../source/ports/failure.js';
import {connect} from '../../source/postgres/connect/connect.js';
import {answerTimeout} from '../../source/postgres/connect/session/watch-answers.js';
import {connectTo} from '../../source/postgres/open-server.js';
import {openLink} from '../helpers/network/link.js';
import {startProxy} from '../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers} from '../helpers/server/servers.js';
import {
	never,
	openPgtop,
	orderOn,
	type Pgtop,
	targetOn,
	visit,
	visitRunning,
} from '../helpers/session/scene.js';

const settled = (promise: Promise<unknown>) =>
	promise.then(
		() => 'answered',
		(failure: Failure) => failure,
	);

/** Everything that a broken connection sets off has happened. */
async function untilEnded({client}: Pick<Pgtop, 'client'>) {
	await new Promise(resolve => client.once('end', resolve));
	await new Promise(resolve => setImmediate(resolve));
}

const terminated = 'terminating connection due to administrator command';

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** What is asked of a connection that is gone fails at once, and says so. */
	async function expectGone(pgtop: Pgtop, sentences: readonly string[]) {
		expect(pgtop.losses.map(({sentence}) => sentence)).toEqual(sentences);
		await expect(pgtop.sample()).rejects.toMatchObject({isLost: true});
		await expect(pgtop.look([1])).rejects.toMatchObject({isLost: true});
		const order = {number: 0, signal: 'cancel', expiresAt: 0, work: 'session', asked: []} as const;
		const target = {id: '' as never, pid: 1};
		expect(await pgtop.signal({...order, target})).toEqual({type: 'unknown'});
		expect(pgtop.losses.length).toBe(sentences.length);
	}

	async function expectNewConnection(pgtop: Pgtop, ownPid: number) {
		const server = await pgtop.connect(() => {});
		expect((await server.sample()).ownPid).not.toBe(ownPid);
		server.close();
	}

	test('our session is terminated while it is idle: lost, once, and a new connection works', async () => {
		const pgtop = await openPgtop(cluster);
		const {ownPid} = await pgtop.sample();
		const ended = untilEnded(pgtop);
		await cluster.observe(`select pg_terminate_backend(${ownPid})`);
		await ended;
		await expectGone(pgtop, [terminated]);
		await expectNewConnection(pgtop, ownPid);
	});

	test('our session is terminated while it takes a picture and has a signal to send: lost, once', async () => {
		const pgtop = await openPgtop(cluster);
		const {victim} = await visitRunning(cluster);
		const {ownPid} = await pgtop.sample();
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		const blocker = await visit(cluster, {user: 'postgres'});
		await blocker.query('begin; lock table pg_database in access exclusive mode');
		const ended = untilEnded(pgtop);
		const picture = settled(pgtop.sample());
		const answer = pgtop.signal(order);
		const looks = settled(pgtop.look([victim.pid]));
		// On the server, as soon as it waits: on a slow machine its lock_timeout of a second might be over before we had seen it.
		await cluster.observe(`
			do $$ begin
				while (select wait_event_type from pg_stat_get_activity(${ownPid})) is distinct from 'Lock' loop
					perform pg_stat_clear_snapshot(), pg_sleep(0.001);
				end loop;
				perform pg_terminate_backend(${ownPid});
			end $$`);
		expect(await picture).toMatchObject({isLost: true});
		expect(await looks).toMatchObject({isLost: true});
		expect(await answer).toEqual({type: 'unknown'});
		await ended;
		await blocker.query('rollback');
		await expectGone(pgtop, [expect.any(String)]);
		await expectNewConnection(pgtop, ownPid);
		expect(await victim.activity()).toMatchObject({state: 'active'});
	});

	test.each(['fast', 'immediate'] as const)(
		'%s shutdown: lost, once, and after the start a new connection works',
		async mode => {
			const pgtop = await openPgtop(cluster);
			const {ownPid, server} = await pgtop.sample();
			const ended = untilEnded(pgtop);
			await cluster.halt(mode);
			await ended;
			await expectGone(pgtop, [expect.any(String)]);
			await expect(pgtop.connect(() => {})).rejects.toEqual({
				sentence: expect.stringContaining(cluster.host),
				isLost: true,
			});

			await cluster.start();
			const next = await pgtop.connect(() => {});
			const picture = await next.sample();
			expect(picture.server.startedAt).toBeGreaterThan(server.startedAt ?? 0);
			expect(ownPid).toBeGreaterThan(0);
			next.close();
		},
	);

	test('the server recovers from a crash of another backend: lost, once, and then a new connection works', async () => {
		const pgtop = await openPgtop(cluster);
		const {ownPid} = await pgtop.sample();
		const {victim} = await visitRunning(cluster);
		const ended = untilEnded(pgtop);
		process.kill(victim.pid, 'SIGKILL');
		await ended;
		await expectGone(pgtop, [expect.any(String)]);
		for (;;) {
			const connected = await settled(pgtop.connect(() => {}).then(server => server.close()));
			if (connected === 'answered') break;
			expect(connected).toMatchObject({isLost: true});
		}

		await expectNewConnection(pgtop, ownPid);
	});

	test('who closes a connection has not lost it, not even in the middle of a picture', async () => {
		const [idle, busy] = [await openPgtop(cluster), await openPgtop(cluster)];
		const ended = [untilEnded(idle), untilEnded(busy)];
		const picture = settled(busy.sample());
		idle.close();
		busy.close();
		busy.close();
		expect(await picture).toMatchObject({isLost: true});
		await Promise.all(ended);
		expect([...idle.losses, ...busy.losses]).toEqual([]);
	});
});

test('a name that is not known any more is told of, and looked up again with the next try', async () => {
	const cluster = await startCluster();
	onTestFinished(() => cluster.stop());
	const target = targetOn(cluster);
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const [place] = target.places;
	const named = {...target, places: [{...place, host: 'pgtop.invalid'}]} as const;
	const losses: Failure[] = [];
	const open = connectTo(named, connected, {signals: 'none', sender: 'tester@test'});
	const server = await open(failure => losses.push(failure), never);
	const ended = untilEnded(connected);
	await cluster.observe(
		"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgtop'",
	);
	await ended;
	server.close();
	expect(losses).toHaveLength(1);
	// Which one depends on whether a name server answers here.
	const unknown = /^the name pgtop\.invalid (?:is not known|could not be looked up)/;
	for (let tries = 0; tries < 2; tries++)
		await expect(open(() => {}, never)).rejects.toEqual({
			sentence: expect.stringMatching(unknown),
			isLost: true,
		});
});

test('a network that has gone silent loses the connection after the time that a server may be silent; a slow one does not', async () => {
	const cluster = await startCluster();
	onTestFinished(() => cluster.stop());
	const lost = {
		sentence: expect.stringMatching(/^no answer from (?!the server)\S+ in time$/),
		hint: 'try again: the server or the way to it is busy',
		isLost: true,
	};
	const idle = async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		proxy.goSilent();
		const ended = untilEnded(pgtop);
		const picture = await settled(pgtop.sample());
		await ended;
		return [picture, pgtop.losses];
	};

	const inTheMiddle = async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		proxy.goSilentAfter('BEGIN');
		return settled(pgtop.sample());
	};

	const signal = async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, 'cancel');
		proxy.goSilent();
		return pgtop.signal(order);
	};

	const afterLogin = async () => {
		const proxy = await startProxy(cluster);
		proxy.goSilentAfter('server_version_num');
		return settled(openPgtop(proxy));
	};

	/** Slower than nothing may come for, but for the bytes that always do. */
	const slow = async () => {
		const link = await openLink(cluster);
		onTestFinished(() => link.close());
		const pgtop = await openPgtop(link);
		link.weather({rate: 1600});
		const from = performance.now();
		const picture = await settled(pgtop.sample());
		return [picture, pgtop.losses, performance.now() - from > answerTimeout];
	};

	const scenes = [idle(), inTheMiddle(), signal(), afterLogin(), slow()];
	expect(await Promise.all(scenes)).toEqual([
		[lost, [lost]],
		lost,
		{type: 'unknown'},
		expect.objectContaining({isLost: true}),
		['answered', [], true],
	]);
});
