import {afterAll, beforeAll, expect, test} from 'vitest';
import {connect} from '../../../source/postgres/connect/connect.js';
import {type Attempt, socketPath} from '../../../source/postgres/connect/connect-target.js';
import {startSentence} from '../../../source/postgres/failures/start-sentence.js';
import {connectTo} from '../../../source/postgres/open-server.js';
import {letIn, startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {targetAt} from '../../helpers/server/target.js';
import {never} from '../../helpers/session/scene.js';

let cluster: TestCluster;

beforeAll(async () => {
	cluster = await startCluster();
	await cluster.observe('create role leaver login');
	await cluster.observe('create database left_db');
});

afterAll(async () => cluster?.stop());

/** What is said of a login that was good once and is so no more: by a screen that was there, and by another start. */
async function saidAfter(given: Partial<Attempt>, change: () => Promise<unknown>) {
	const target = targetAt({host: cluster.host, port: cluster.port, database: 'left_db', ...given});
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const open = connectTo(target, connected, {signals: 'none', sender: 'again'});
	const server = await open(() => {}, never);
	server.close();
	await change();
	const later = await open(() => {}, never).then(
		() => '',
		({sentence}) => sentence as string,
	);
	const outcome = await connect(target);
	return {later, start: outcome.type === 'failed' ? startSentence(outcome) : ''};
}

test('a screen that was there is not told how to start pgtop', async () => {
	const address = socketPath(cluster.host, cluster.port);
	const noLogin = 'role "leaver" is not permitted to log in';
	expect(await saidAfter({user: 'leaver'}, async () => cluster.observe('alter role leaver nologin'))).toEqual(
		{later: noLogin, start: `${address}: ${noLogin}: try: pgtop -U ROLE`},
	);

	const noDatabase = 'database "left_db" does not exist';
	expect(await saidAfter({user: 'plain'}, async () => cluster.observe('drop database left_db'))).toEqual({
		later: noDatabase,
		start: `${address}: ${noDatabase}: try: pgtop postgres`,
	});

	expect(
		await saidAfter({user: 'plain', database: 'appdb'}, async () => {
			await letIn(cluster, 'plain', 'peer map=nobody');
		}),
	).toEqual({
		later: 'Peer authentication failed for user "plain": pg_hba.conf on the server decides that',
		start: `${address}: Peer authentication failed for user "plain": pg_hba.conf on the server decides that`,
	});

	expect(
		await saidAfter({user: 'mon', database: 'appdb'}, async () => letIn(cluster, 'mon', 'scram-sha-256')),
	).toEqual({
		later: `${address} asks for a password: write it into /home/dba/.pgpass`,
		start: `${address} asks for a password: set PGPASSWORD, or write it into /home/dba/.pgpass`,
	});

	expect(await saidAfter({user: 'app', database: 'appdb'}, async () => cluster.halt())).toEqual({
		later: `there is no socket ${address}: is the server running there?`,
		start: `there is no socket ${address}: try: pgtop -h HOST, or pgtop --demo`,
	});
});
