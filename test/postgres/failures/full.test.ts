import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {connect} from '../../../source/postgres/connect/connect.js';
import type {Attempt} from '../../../source/postgres/connect/connect-target.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {servers} from '../../helpers/server/servers.js';
import {targetOn, visit} from '../../helpers/session/scene.js';
import {waitUntil} from '../../helpers/session/session.js';

describe.each(servers)('PostgreSQL $major', binaries => {
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

	/** What to try, when it is refused; undefined when it lets us in. */
	async function hintFor(login: Partial<Attempt>) {
		const connected = await connect(targetOn(cluster, login));
		if (connected.type === 'connected') {
			const {client} = connected;
			const {rows} = await client.query<{pid: number}>('select pg_backend_pid() as pid');
			await client.end();
			await waitUntil(cluster, `not exists (select from pg_stat_activity where pid = ${rows[0]?.pid})`);
			return undefined;
		}

		const {fault} = connected;
		expect(fault).toMatchObject({kind: 'full', code: '53300', isRetryable: true});
		return fault.hint;
	}

	test('a role with all the sessions it may have is not told of reserved slots, and another role gets in', async () => {
		const guest = await visit(cluster, {user: 'single'});
		expect(await hintFor({user: 'single'})).toBe(
			"the role's own CONNECTION LIMIT is reached: end one of its sessions, or come as another role",
		);
		expect(await hintFor({user: 'plain'})).toBeUndefined();
		await guest.end();
		await guest.untilGone();
		expect(await hintFor({user: 'single'})).toBeUndefined();
	});

	test('a database with all it may have is not told of reserved slots, and the two ways named get in', async () => {
		const first = await visit(cluster, {database: 'small'});
		expect(first.pid).toBeGreaterThan(0);
		expect(await hintFor({user: 'plain', database: 'small'})).toBe(
			"the database's own CONNECTION LIMIT is reached: name another database, or come as a superuser",
		);
		expect(await hintFor({user: 'plain', database: 'appdb'})).toBeUndefined();
		expect(await hintFor({user: 'postgres', database: 'small'})).toBeUndefined();
	});

	test('a full server has slots kept for some, who get in', async () => {
		// The observer is one of eight.
		for (let guests = 0; guests < 4; guests++) await visit(cluster);
		expect(await hintFor({user: 'plain'})).toBe(
			'a member of pg_use_reserved_connections (16+) or a superuser may still get in',
		);
		if (major >= 16) expect(await hintFor({user: 'reserved'})).toBeUndefined();
		expect(await hintFor({user: 'postgres'})).toBeUndefined();
	});
});
