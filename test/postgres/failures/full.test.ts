import {readFile} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {connect} from '../../../source/postgres/connect/connect.js';
import type {Attempt} from '../../../source/postgres/connect/connect-target.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {endServers} from '../../helpers/server/servers.js';
import {targetOn, visit} from '../../helpers/session/scene.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			settings: {
				max_connections: major >= 16 ? '9' : '8',
				superuser_reserved_connections: '3',
				max_wal_senders: '0',
				...(major >= 16 && {reserved_connections: '1'}),
			},
		});
		await cluster.observe('create role single login connection limit 1');
		await cluster.observe('create database small connection limit 1');
		await cluster.observe('create role reserved login');
		if (major >= 16) await cluster.observe('grant pg_use_reserved_connections to reserved');
	});

	afterAll(async () => cluster?.stop());

	/** The processes of clients. Who is refused, or has left the server's list, has its slot until that has ended. */
	async function clients(): Promise<readonly string[]> {
		const parent = cluster.pid();
		const children = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')).trim().split(' ');
		const titles = await Promise.all(
			children.map(async pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
		);
		return children.filter((_, index) => titles[index]?.includes('[local]'));
	}

	const untilClients = async (number: number) => expect.poll(clients).toHaveLength(number);

	/** What to try, when it is refused; undefined when it lets us in. */
	async function hintFor(login: Partial<Attempt>) {
		const {length: others} = await clients();
		const connected = await connect(targetOn(cluster, login));
		if (connected.type === 'connected') await connected.client.end();
		await untilClients(others);
		if (connected.type === 'connected') return undefined;

		const {fault} = connected;
		expect(fault).toMatchObject({kind: 'full', code: '53300', isRetryable: true});
		return fault.hint;
	}

	test('a role with all the sessions it may have is not told of reserved slots, and another role gets in', async () => {
		await untilClients(1);
		const guest = await visit(cluster, {user: 'single'});
		expect(await hintFor({user: 'single'})).toBe(
			"the role's own CONNECTION LIMIT is reached: end one of its sessions, or come as another role",
		);
		expect(await hintFor({user: 'plain'})).toBeUndefined();
		await guest.end();
		await untilClients(1);
		expect(await hintFor({user: 'single'})).toBeUndefined();
	});

	test('a database with all it may have is not told of reserved slots, and the two ways named get in', async () => {
		await untilClients(1);
		const first = await visit(cluster, {database: 'small'});
		expect(first.pid).toBeGreaterThan(0);
		expect(await hintFor({user: 'plain', database: 'small'})).toBe(
			"the database's own CONNECTION LIMIT is reached: name another database, or come as a superuser",
		);
		expect(await hintFor({user: 'plain', database: 'appdb'})).toBeUndefined();
		expect(await hintFor({user: 'postgres', database: 'small'})).toBeUndefined();
	});

	test('a server that gets fuller tells each time who may still get in, who then does', async () => {
		// The observer is one of eight, or of nine.
		await untilClients(1);
		for (let guests = 0; guests < 4; guests++) await visit(cluster);
		const forSuperusers = 'a superuser may still get in';
		if (major >= 16) {
			expect(await hintFor({user: 'plain'})).toBe(
				'a member of pg_use_reserved_connections or a superuser may still get in',
			);
			expect(await hintFor({user: 'reserved'})).toBeUndefined();
			await visit(cluster, {user: 'reserved'});
		}

		for (const user of ['plain', 'reserved']) expect(await hintFor({user})).toBe(forSuperusers);
		expect(await hintFor({user: 'postgres'})).toBeUndefined();
		for (let guests = 0; guests < 3; guests++) await visit(cluster, {user: 'postgres'});
		expect(await hintFor({user: 'postgres'})).toBe('no slot is left: a session there has to end first');
	});
});
