import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {pausedAlarm} from '../../source/domain/server/alarms/replication-alarms.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {fewServers} from '../helpers/server/servers.js';
import {openPgtop, orderOn, visitRunning} from '../helpers/session/scene.js';
import {waitUntil} from '../helpers/session/session.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(
			"create role strict login superuser; alter role strict set default_transaction_isolation = 'serializable'",
		);
		// A server that waits for WAL which never comes is a standby, too.
		await cluster.halt('fast');
		const [name, content] =
			binaries.major >= 12 ? ['standby.signal', ''] : ['recovery.conf', "standby_mode = 'on'\n"];
		await writeFile(join(cluster.data, name), content, {mode: 0o644});
		await cluster.start();
	});

	afterAll(async () => cluster?.stop());

	test('a standby says that it is one, and whether its replay is paused', async () => {
		const pgtop = await openPgtop(cluster);
		const {server, backends} = await pgtop.sample();
		expect(server.recovery).toBe('STANDBY');
		expect(backends.find(({type}) => type === 'startup')).toMatchObject({kind: 'unsignallable'});
		await cluster.observe('select pg_wal_replay_pause()');
		await waitUntil(cluster, 'pg_is_wal_replay_paused()');
		const paused = await pgtop.sample();
		expect(paused.server.recovery).toBe('PAUSED');
		expect(paused.missing).toEqual([]);
		expect(pausedAlarm(paused)).toMatchObject([
			{text: expect.stringMatching(/^replay is paused on this standby/)},
		]);
		await cluster.observe('select pg_wal_replay_resume()');
		const {server: resumed, ...others} = await pgtop.sample();
		expect(resumed.recovery).toBe('STANDBY');
		expect(pausedAlarm({server: resumed, ...others})).toEqual([]);
		expect(others).toMatchObject({
			nextXid: expect.any(Number),
			walBytes: expect.any(Number),
			receiver: {isReceiving: false},
			standbys: [],
			missing: [],
		});
		expect(await pgtop.rights()).toMatchObject({isSuperuser: true, seesAll: true});
	});

	test.each(['postgres', 'monsig', 'strict'])('%s sees, cancels and ends its sessions', async user => {
		const pgtop = await openPgtop(cluster, {user});
		const {victim, end} = await visitRunning(cluster);
		expect(await pgtop.look([victim.pid])).toMatchObject([{seen: {state: 'active'}}]);
		const cancel = await orderOn(pgtop, victim.pid, 'cancel');
		expect(await pgtop.signal(cancel)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe('57014');
		const terminate = await orderOn(pgtop, victim.pid, 'terminate');
		expect(await pgtop.signal(terminate)).toMatchObject({type: 'answered', sent: true});
		await victim.untilGone();
	});
});
