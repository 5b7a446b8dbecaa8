import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Binaries} from '../../source/demo/launch/binaries-in.js';
import type {OwnProcess, SessionProcess} from '../../source/domain/session/process/session-process.js';
import {processesAt} from '../../source/machine/processes.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers} from '../helpers/server/servers.js';
import {openPgtop, type Pgtop, visit} from '../helpers/session/scene.js';
import {second} from '../helpers/state/backend.js';

const hour = 3600 * second;

/** All of what pgtop knows of its sessions: our own, and those of the pids. */
async function known(pgtop: Pgtop, ...pids: readonly number[]) {
	const {backends, ownPid, server} = await pgtop.sample();
	const find = (pid: number): SessionProcess => {
		const one = backends.find(backend => backend.pid === pid);
		if (one?.backendStart === undefined) throw new Error(`there is no session ${pid}`);
		return {id: one.id, pid, backendStart: one.backendStart};
	};
	const {startedAt} = server;
	if (startedAt === undefined) throw new Error('the server does not tell since when it runs');
	const own: OwnProcess = {...find(ownPid), startedAt};
	return {own, sessions: pids.map(find)};
}

const socketOf = ({host, port}: TestCluster) => join(host, `.s.PGSQL.${port}`);

describe.each(endServers)('on PostgreSQL $major', (binaries: Binaries) => {
	let cluster: TestCluster;
	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});
	afterAll(async () => cluster?.stop());

	const sleeping = async () => {
		const session = await visit(cluster);
		void session.start('select pg_sleep(600)');
		await session.untilActive();
		return session;
	};

	test('a session that works is seen to use a CPU, and one that sleeps to use none', async () => {
		const [busy, idle] = [await visit(cluster), await sleeping()];
		void busy.start('select count(*) from generate_series(1, 1000000000)');
		await busy.untilActive();
		const pgtop = await openPgtop(cluster);
		const {own, sessions} = await known(pgtop, busy.pid, idle.pid);
		const processes = processesAt(socketOf(cluster));

		/** In the order of the sessions. */
		const read = async () => {
			const uses = await processes.read(own, sessions);
			return sessions.map(({id}) => uses?.get(id) ?? {});
		};
		const at = performance.now();
		// One reading has no rates.
		expect(await read()).toEqual([{memory: expect.any(Number)}, {memory: expect.any(Number)}]);
		let [working = {}, asleep = {}] = await read();
		// The busy one must have got a hundredth of a second.
		while (!working.cpu && performance.now() - at < 20_000) {
			await wait(200);
			[working = {}, asleep = {}] = await read();
		}

		expect(working.cpu).toBeGreaterThan(0);
		expect(working.cpu).toBeLessThan(1.5);
		expect(working.memory).toBeGreaterThan(100_000);
		expect(asleep).toMatchObject({cpu: 0, memory: expect.any(Number)});
	});

	// How much that is depends on the file system: in memory it is nothing.
	test.runIf(process.getuid?.() === 0)('what a session reads and writes is told to root', async () => {
		const writing = await visit(cluster);
		await writing.query('create temp table filled (filler text)');
		const pgtop = await openPgtop(cluster);
		const {own, sessions} = await known(pgtop, writing.pid);
		const processes = processesAt(socketOf(cluster));
		await processes.read(own, sessions);
		await writing.query("insert into filled select repeat('x', 1000) from generate_series(1, 30000)");
		const read = async () => [...((await processes.read(own, sessions))?.values() ?? [])];
		const at = performance.now();
		let uses = await read();
		// Two readings that follow each other at once give no rates.
		while (uses[0]?.written === undefined && performance.now() - at < 20_000) {
			await wait(50);
			uses = await read();
		}

		expect(uses).toMatchObject([
			{cpu: expect.any(Number), read: expect.any(Number), written: expect.any(Number)},
		]);
	});

	describe('nothing is told', () => {
		const reads = async (
			own: (own: OwnProcess) => OwnProcess,
			socket = socketOf(cluster),
			session: (session: SessionProcess) => SessionProcess = same => same,
		) => {
			const pgtop = await openPgtop(cluster);
			const {pid} = await sleeping();
			const found = await known(pgtop, pid);
			return processesAt(socket).read(own(found.own), found.sessions.map(session));
		};

		test('but where everything agrees', async () => {
			expect((await reads(own => own))?.size).toBe(1);
		});

		test.each([hour, 3 * second, -3 * second])(
			'where our own session began %d microseconds off',
			async off => {
				expect(await reads(own => ({...own, backendStart: own.backendStart + off}))).toBeUndefined();
			},
		);

		test.each([-3 * second, hour])('where the postmaster started %d microseconds off', async off => {
			expect(await reads(own => ({...own, startedAt: own.startedAt + off}))).toBeUndefined();
		});

		test('where our own session has the pid of another process, or of none', async () => {
			expect(await reads(own => ({...own, pid: 1}))).toBeUndefined();
			expect(await reads(own => ({...own, pid: 99_999_999}))).toBeUndefined();
		});

		test('where the socket is not there', async () => {
			expect(await reads(own => own, join(cluster.host, 'none'))).toBeUndefined();
		});

		test.runIf(process.getuid?.() === 0)('where the socket is of another user than the server', async () => {
			expect(await reads(own => own, '/proc/self/exe')).toBeUndefined();
		});

		test.each([hour, -hour, 2 * second, -2 * second])(
			'of a session that began %d microseconds before or after the process with its pid',
			async off => {
				const moved = (session: SessionProcess) => ({...session, backendStart: session.backendStart + off});
				expect((await reads(own => own, undefined, moved))?.size).toBe(0);
			},
		);
	});
});
