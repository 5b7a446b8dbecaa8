import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Attempt} from '../../../source/postgres/connect/connect-target.js';
import {startProxy} from '../../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers, newest} from '../../helpers/server/servers.js';
import {openPgtop} from '../../helpers/session/scene.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;
	let systemIdentifier: string | undefined;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {cluster_name: 'shop-prod'}});
		const [row] = await cluster.observe<{id: string}>(
			'select system_identifier::text as id from pg_control_system()',
		);
		systemIdentifier = row?.id;
	});

	afterAll(async () => cluster?.stop());

	/** As it is called at first, and when it is asked again. */
	const namesOf = async (given: Partial<Attempt>, wantsIdentifier: boolean, to = cluster) => {
		const {names, inspector} = await openPgtop(to, given, {wantsIdentifier});
		expect(await inspector.names()).toEqual(names);
		return names;
	};

	test.each(['postgres', 'plain'])('a server on a socket is called by its directory, for %s', async user => {
		expect(systemIdentifier).toMatch(/^\d{15,20}$/);
		expect(await namesOf({user}, true)).toEqual({
			hosts: [cluster.host],
			clusterName: 'shop-prod',
			systemIdentifier,
		});
	});

	test('its system identifier is read only where that matters', async () => {
		expect(await namesOf({service: 'shop'}, false)).toEqual({
			hosts: [cluster.host],
			service: 'shop',
			clusterName: 'shop-prod',
		});
	});

	test('over TCP it is called as it was given, and by its address', async () => {
		const {port} = await startProxy(cluster);
		expect((await namesOf({host: 'localhost', port}, false)).hosts).toEqual(['localhost', '127.0.0.1']);
		expect((await namesOf({host: '127.0.0.1', port}, false)).hosts).toEqual(['127.0.0.1']);
		const both = {host: 'db1', hostaddr: '127.0.0.1', port};
		expect((await namesOf(both, false)).hosts).toEqual(['db1', '127.0.0.1']);
	});

	test('a role that may not read the identifier says so, and goes on', async () => {
		await cluster.observe('revoke execute on function pg_control_system() from public');
		onTestFinished(async () => {
			await cluster.observe('grant execute on function pg_control_system() to public');
		});
		const pgtop = await openPgtop(cluster, {user: 'plain'}, {wantsIdentifier: true});
		expect(pgtop.names).toEqual({
			hosts: [cluster.host],
			clusterName: 'shop-prod',
			isIdentifierUnread: true,
		});
		expect((await pgtop.sample()).missing).toEqual([]);
	});

	test('nothing of a planted function is run', async () => {
		await cluster.observe(
			"create function public.pg_control_system(out system_identifier int8) language sql as 'select 1::int8'",
		);
		onTestFinished(async () => {
			await cluster.observe('drop function public.pg_control_system()');
		});
		expect((await namesOf({}, true)).systemIdentifier).toBe(systemIdentifier);
	});
});

test('a server without a cluster_name has none', async () => {
	const cluster = await startCluster(newest);
	onTestFinished(cluster.stop);
	expect((await openPgtop(cluster)).names).toEqual({hosts: [cluster.host]});
});
