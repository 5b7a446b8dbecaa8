import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {rowId} from '../../source/domain/session/backend.js';
import type {Order} from '../../source/domain/signal/target.js';
import type {Server} from '../../source/ports/connect.js';
import type {Failure} from '../../source/ports/failure.js';
import {connect} from '../../source/postgres/connect/connect.js';
import {connectTo} from '../../source/postgres/open-server.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {targetAt} from '../helpers/server/target.js';
import {never} from '../helpers/session/scene.js';
import {openSession, type Session} from '../helpers/session/session.js';
import {patience, rounds} from '../races/rounds.js';

let cluster: TestCluster;
let server: Server;
let locker: Session;
let victim: Session;

beforeAll(async () => {
	cluster = await startCluster();
	const {host, port} = cluster;
	const target = targetAt({host, port, user: 'postgres', database: 'postgres'});
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	server = await connectTo(target, connected, {signals: 'sent', sender: 'pgtop test'})(() => {}, never);
	locker = await openSession(cluster, {user: 'postgres'});
	victim = await openSession(cluster);
});

afterAll(async () => {
	server.close();
	await cluster.stop();
});

async function orderOn({pid}: Session, number: number): Promise<Order> {
	const [look] = (await server.signaller?.look([pid])) ?? [];
	if (!look?.seen) throw new Error('the victim is gone');
	const {at, seen} = look;
	const {backendStart, userId, xactStart, queryStart, hash} = seen;
	if (backendStart === undefined || userId === undefined || xactStart === undefined)
		throw new Error('no victim');
	return {
		number,
		signal: 'cancel',
		work: 'transaction',
		asked: [],
		// So late that no machine is too slow for it.
		expiresAt: at + 60_000_000,
		target: {
			id: rowId(pid, backendStart, userId),
			pid,
			backendStart,
			userId,
			xactStart,
			...(queryStart !== undefined && {queryStart}),
			...(hash !== undefined && {hash}),
		},
	};
}

// Over the function: the view itself waits for that lock.
const refreshWaits = `exists (select from pg_stat_get_activity(null) where application_name = 'pgtop' and wait_event_type = 'Lock')`;

/** A refresh that hangs on a lock, and the moment at which it does. */
let picture: Promise<string>;

async function hangingRefresh(): Promise<void> {
	await locker.query('begin');
	await locker.query('lock table pg_database in access exclusive mode');
	picture = server.sample().then(
		() => 'answered',
		(failure: Failure) => failure.sentence,
	);
	await expect
		.poll(async () => (await cluster.observe<{waits: boolean}>(`select ${refreshWaits} as waits`))[0]?.waits)
		.toBe(true);
}

test('an overdue refresh is broken off, and the signal goes out', async () => {
	void victim.start('select pg_sleep(600)');
	await victim.untilActive();
	const order = await orderOn(victim, 1);
	await hangingRefresh();
	const answer = await server.signaller?.signal([order], true)[0];
	expect(answer).toMatchObject({type: 'answered', sent: true});
	// Left alone the refresh would have waited for its lock_timeout of a second, and then come.
	// It ends with that: nothing is asked again that would stand in the way of the next key, and no part is blamed for it.
	// On a slow machine its lock_timeout may be over at that moment.
	expect(await picture).toMatch(/^canceling statement due to (?:user request|lock timeout)$/);
	await locker.query('rollback');
	await expect.poll(async () => (await victim.activity())?.state).toBe('idle');
});

test('a refresh that hangs where none of its limits holds is broken off, and the connection is kept', async () => {
	const {ownPid} = await server.sample();
	const worker = await openSession(cluster, {user: 'postgres'});
	await worker.query('begin');
	await worker.query(`
		do $$ begin
			for number in 1..300 loop
				execute 'create temp table made' || number || ' (i int)';
			end loop;
		end $$`);
	await locker.query('begin');
	await locker.query('lock table pg_authid in access exclusive mode');
	// Ours gets more news at once than the server keeps for a session, and forgets all that it knew, its own role, too. That is looked up when a transaction begins, before it has any limits.
	process.kill(ownPid, 'SIGSTOP');
	await worker.query('commit');
	process.kill(ownPid, 'SIGCONT');
	await expect(server.sample()).rejects.toEqual({
		sentence: 'no answer from the server: broken off',
		isLost: false,
	});
	await locker.query('rollback');
	expect((await server.sample()).ownPid).toBe(ownPid);
});

test(
	'in no race is a signal lost, or hit by our own CancelRequest',
	async () => {
		const answers: unknown[] = [];
		let cancelled = 0;
		for (let round = 0; round < rounds; round++) {
			const query = victim.client.query('select pg_sleep(600)').catch((error: {code?: string}) => {
				if (error.code === '57014') cancelled++;
			});
			await victim.untilActive();
			const order = await orderOn(victim, round);
			await hangingRefresh();
			// The refresh may end by itself before, while or after the request for its end arrives.
			const release = wait(Math.random() * 6).then(() => locker.query('rollback'));
			const answer = await server.signaller?.signal([order], true)[0];
			answers.push(answer);
			expect(answer).toMatchObject({type: 'answered', sent: true});
			await release;
			await query;
			// An error arrives before its session is idle again, an answer after it.
			await victim.query('select 1');
		}

		expect(answers.filter(answer => (answer as {sent?: boolean}).sent !== true)).toEqual([]);
		expect(cancelled).toBe(rounds);
	},
	patience,
);
