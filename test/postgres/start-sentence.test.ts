import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {connect} from '../../source/postgres/connect/connect.js';
import {resolveTarget} from '../../source/postgres/connect/connect-settings.js';
import {startSentence} from '../../source/postgres/start-sentence.js';
import {makeAuthority} from '../helpers/certificates.js';
import {startCluster} from '../helpers/cluster.js';
import {newest} from '../helpers/servers.js';
import {bareMachine} from '../helpers/target.js';
import {type Server, startServer} from './psql/stage/start-server.js';

const authority = makeAuthority('pgtop test');
const certificate = authority.issue('server', {hosts: ['127.0.0.1']});
let server: Server;

const hba = `
local all all trust
host all scram all scram-sha-256
host all free all trust
hostssl all covered all trust
hostssl all known all trust clientcert=verify-ca
`;

const roles = ["create role scram login password 'geheim'", 'create role free login'];

beforeAll(async () => {
	const cluster = await startCluster();
	try {
		for (const role of [...roles, 'create role covered login', 'create role known login'])
			await cluster.observe(role);
		await cluster.halt('fast');
		const write = (name: string, text: string) => writeFile(join(cluster.data, name), text, {mode: 0o600});
		await write('server.crt', certificate.pem);
		await write('server.key', certificate.keyPem());
		await write('authority.crt', authority.pem);
		await write('pg_hba.conf', hba);
		server = await startServer(newest, cluster.data, {
			settings: {ssl: 'on', ssl_ca_file: 'authority.crt'},
			isStandby: false,
		});
	} finally {
		await cluster.stop();
	}

	await server.untilReady();
});

afterAll(async () => server?.stop());

/** What is said at the start, with PORT for the server's port; `dbname` may be a connection string. */
async function sentence(
	dbname: string,
	environment: Readonly<Record<string, string>> = {},
	file = '',
): Promise<string> {
	const machine = {...bareMachine, readText: (path: string) => (path === '/services' ? file : undefined)};
	const given = {dbname: dbname.replaceAll('PORT', String(server.port))};
	const resolved = resolveTarget(given, {PGPORT: String(server.port), ...environment}, machine);
	if (resolved.type === 'bad') throw new Error(resolved.sentence);
	const outcome = await connect(resolved.target);
	if (outcome.type === 'connected') {
		await outcome.client.end();
		return 'it let us in';
	}

	const said = startSentence(outcome);
	expect(said.length).toBeLessThanOrEqual(300);
	return said.replaceAll(String(server.port), 'PORT');
}

const wrong = 'password authentication failed for user "scram": the password came from PGPASSWORD';
const PGPASSWORD = 'wrong';

test.each<[what: string, environment: Readonly<Record<string, string>>, begin: string]>([
	['an address', {PGHOST: '127.0.0.1'}, '127.0.0.1:PORT'],
	['an address of IPv6', {PGHOST: '::1'}, '[::1]:PORT'],
	['an address beside a name', {PGHOST: 'db1', PGHOSTADDR: '127.0.0.1'}, 'db1 (127.0.0.1):PORT'],
	['one of IPv6', {PGHOST: 'db1', PGHOSTADDR: '::1'}, 'db1 ([::1]):PORT'],
	['several hosts', {PGHOST: '127.0.0.1,127.0.0.2'}, '127.0.0.1:PORT'],
])('the server that refuses is named: %s', async (_, environment, begin) => {
	expect(await sentence('appdb', {PGUSER: 'scram', PGPASSWORD, ...environment})).toBe(`${begin}: ${wrong}`);
});

test('the address of the client in a sentence of the server does not name the server', async () => {
	const said = `no pg_hba.conf entry for host "127.0.0.1", user "nobody", database "appdb", SSL encryption`;
	const string = 'host=127.0.0.1,127.0.0.1 user=nobody dbname=appdb sslmode=require';
	expect(await sentence(string)).toBe(`127.0.0.1:PORT: ${said}: pg_hba.conf on the server decides that`);
});
