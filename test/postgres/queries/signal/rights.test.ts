import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {fewServers} from '../../../helpers/server/servers.js';
import {logOf, openPgtop, orderOn, visit, visitRunning} from '../../../helpers/session/scene.js';

const signals = ['cancel', 'terminate'] as const;

const codes = {cancel: '57014', terminate: '57P01'} as const;

/** What the server says of a superuser's session and of one of another role: with 16 it moved to the details. */
const reasons = {
	cancel: {
		superuser: [
			'must be a superuser to cancel superuser query',
			'Only roles with the SUPERUSER attribute may cancel queries of roles with the SUPERUSER attribute.',
		],
		other: [
			'must be a member of the role whose query is being canceled or member of pg_signal_backend',
			'Only roles with privileges of the role whose query is being canceled or with privileges of the "pg_signal_backend" role may cancel this query.',
		],
	},
	terminate: {
		superuser: [
			'must be a superuser to terminate superuser process',
			'Only roles with the SUPERUSER attribute may terminate processes of roles with the SUPERUSER attribute.',
		],
		other: [
			'must be a member of the role whose process is being terminated or member of pg_signal_backend',
			'Only roles with privileges of the role whose process is being terminated or with privileges of the "pg_signal_backend" role may terminate this process.',
		],
	},
} as const;

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {log_statement: 'all'}});
	});

	afterAll(async () => cluster?.stop());

	describe.each(signals)('%s', signal => {
		test.each([
			['plain', 'other', 'app'],
			['mon', 'other', 'app'],
			['sig', 'superuser', 'postgres'],
			['monsig', 'superuser', 'su2'],
		] as const)('%s is denied it, in the words of the server', async (user, whose, owner) => {
			const pgtop = await openPgtop(cluster, {user});
			const victim = await visit(cluster, {user: owner});
			void victim.start('select pg_sleep(60)');
			await victim.untilActive();
			const order = await orderOn(pgtop, victim.pid, signal);
			const reason = reasons[signal][whose][major >= 16 ? 1 : 0];
			expect(await pgtop.signal(order)).toMatchObject({type: 'denied', reason});
			expect(await victim.activity()).toMatchObject({state: 'active'});
			expect((await pgtop.sample()).server.user).toBe(user);
			expect(pgtop.losses).toEqual([]);
		});

		test.each(['postgres', 'monsig', 'sig', 'app'])('%s may do it to a session of app', async user => {
			const pgtop = await openPgtop(cluster, {user});
			const {victim, end} = await visitRunning(cluster);
			const order = await orderOn(pgtop, victim.pid, signal);
			expect('backendStart' in order.target).toBe(user !== 'sig');
			expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
			expect(await end).toBe(codes[signal]);
		});

		test('without pg_read_all_stats a session of another role under the pid is left alone', async () => {
			const pgtop = await openPgtop(cluster, {user: 'sig'});
			const {victim} = await visitRunning(cluster);
			const plain = await visit(cluster, {user: 'plain'});
			const {target, ...order} = await orderOn(pgtop, victim.pid, signal);
			const {target: other} = await orderOn(pgtop, plain.pid, signal);
			const {userId = 0} = other;
			const answer = await pgtop.signal({...order, target: {...target, userId}});
			expect(answer).toMatchObject({type: 'answered', seen: {userId: target.userId}, held: ['session']});
			expect(answer).not.toHaveProperty('sent');
			expect(await victim.activity()).toMatchObject({state: 'active'});
		});

		test('a process that SQL cannot signal is not signalled, in the words of the server', async () => {
			const pgtop = await openPgtop(cluster);
			const {backends} = await pgtop.sample();
			const {pid = 0, backendStart} = backends.find(({type}) => type === 'checkpointer') ?? {};
			const answer = await pgtop.signal(await orderOn(pgtop, pid, signal));
			expect(answer).toEqual({
				type: 'answered',
				at: expect.any(Number),
				sent: false,
				held: [],
				seen: expect.objectContaining({pid, backendStart}),
				warning: `PID ${pid} is not a PostgreSQL ${major >= 15 ? 'backend' : 'server'} process`,
			});
			const {victim} = await visitRunning(cluster);
			const next = await pgtop.signal(await orderOn(pgtop, victim.pid, signal));
			expect(next).not.toHaveProperty('warning');
		});
	});

	test.each(['dba@bastion-1.example.org', '*/ select 1; /*', '\u00E9\u001B[31m\n--', 'x'.repeat(200)])(
		'the log tells who sent a signal, in at most 64 harmless characters: %j',
		async sender => {
			const pgtop = await openPgtop(cluster, {}, {sender});
			const {victim} = await visitRunning(cluster);
			const log = await logOf(cluster);
			await pgtop.signal({...(await orderOn(pgtop, victim.pid, 'cancel')), expiresAt: 0});
			const statements = (await logOf(cluster)).slice(log.length).split('statement: ');
			const signal = statements.find(statement => statement.includes('pg_cancel_backend')) ?? '';
			const ahead = signal.slice(0, signal.indexOf('set local'));
			expect(ahead).toMatch(/^\/\* [\w.@ -]{1,64} \*\/ $/);
			if (/^[\w.@-]*$/.test(sender)) expect(ahead).toBe(`/* ${sender.slice(0, 64)} */ `);
		},
	);

	test('a server for reading only cannot signal', async () => {
		const pgtop = await openPgtop(cluster, {}, {signals: 'none'});
		const server = await pgtop.connect(() => {});
		expect(server).not.toHaveProperty('signaller');
		expect((await server.sample()).backends).not.toEqual([]);
		server.close();
	});
});
