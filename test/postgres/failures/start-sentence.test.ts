import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {connect} from '../../../source/postgres/connect/connect.js';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import {startSentence} from '../../../source/postgres/failures/start-sentence.js';
import {makeAuthority} from '../../helpers/server/certificates.js';
import {startCluster} from '../../helpers/server/cluster.js';
import {newest} from '../../helpers/server/servers.js';
import {type Server, startServer} from '../../helpers/server/start-server.js';
import {bareMachine} from '../../helpers/server/target.js';

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

const unknown = '127.0.0.1:PORT: unrecognized configuration parameter "foo"';
const free = 'host=127.0.0.1 user=free dbname=appdb';
const services = {PGSERVICE: 'a', PGSERVICEFILE: '/services'};

test.each<[what: string, string: string, environment: Readonly<Record<string, string>>, said: string]>([
	[
		'a word that is no setting',
		free,
		{PGOPTIONS: '--zzz'},
		'127.0.0.1:PORT: --zzz requires a value: it comes from PGOPTIONS',
	],
	['an unknown one', free, {PGOPTIONS: '-c foo=1'}, `${unknown}: it comes from PGOPTIONS`],
	[
		'one in a connection string',
		`${free} options='-c foo=1'`,
		{},
		`${unknown}: it comes from options in the connection string`,
	],
	[
		'one in a URI',
		'postgresql://free@127.0.0.1:PORT/appdb?options=-cfoo%3D1',
		{},
		`${unknown}: it comes from options in the URI`,
	],
	['one of a service', free, services, `${unknown}: it comes from options in line 2 of /services`],
	[
		'a wrong value',
		free,
		{PGOPTIONS: '-c work_mem=x'},
		'127.0.0.1:PORT: invalid value for parameter "work_mem": "x": it comes from PGOPTIONS',
	],
	[
		'a wrong name',
		free,
		{PGOPTIONS: "-c a.'b=x"},
		`127.0.0.1:PORT: invalid configuration parameter name "a.'b": it comes from PGOPTIONS`,
	],
	[
		'one that is set at the start of the server',
		free,
		{PGOPTIONS: '-c port=1'},
		'127.0.0.1:PORT: parameter "port" cannot be changed without restarting the server: it comes from PGOPTIONS',
	],
	[
		'one for superusers',
		free,
		{PGOPTIONS: '-c log_statement=all'},
		'127.0.0.1:PORT: permission denied to set parameter "log_statement": it comes from PGOPTIONS',
	],
	[
		'another role',
		free,
		{PGOPTIONS: '-c role=postgres'},
		'127.0.0.1:PORT: permission denied to set role "postgres": it comes from PGOPTIONS',
	],
	[
		'nothing wrong with them',
		'host=127.0.0.1 user=free dbname=nowhere',
		{PGOPTIONS: '-c work_mem=1MB'},
		`127.0.0.1:PORT: database "nowhere" does not exist: try: pgtop -h 127.0.0.1 -U free postgres`,
	],
])('a setting that the server refuses is said with its place: %s', async (_, string, environment, said) => {
	expect(await sentence(string, environment, '[a]\noptions=-c foo=1\n')).toBe(said);
});

const noEntry = (user: string, how: string) =>
	`127.0.0.1:PORT: no pg_hba.conf entry for host "127.0.0.1", user "${user}", database "appdb", ${how}`;
const byHba = 'pg_hba.conf on the server decides that';
const noCertificate = '127.0.0.1:PORT: connection requires a valid client certificate';

test.each<[what: string, string: string, environment: Readonly<Record<string, string>>, said: string]>([
	[
		'TLS was ruled out',
		'host=127.0.0.1 user=covered dbname=appdb sslmode=disable',
		{},
		`${noEntry('covered', 'no encryption')}: with TLS it may let you in: try: pgtop 'user=covered dbname=appdb host=127.0.0.1 sslmode=require'`,
	],
	[
		'it was ruled out by a variable',
		'appdb',
		{PGHOST: '127.0.0.1', PGUSER: 'covered', PGSSLMODE: 'disable'},
		`${noEntry('covered', 'no encryption')}: with TLS it may let you in: try: pgtop 'dbname=appdb sslmode=require'`,
	],
	[
		'both ways',
		'host=127.0.0.1 user=nobody dbname=appdb',
		{},
		`${noEntry('nobody', 'SSL encryption')} (without TLS the same): ${byHba}`,
	],
	[
		'a certificate is wanted, and the usual file is not there',
		'host=127.0.0.1 user=known dbname=appdb sslmode=require',
		{},
		`${noCertificate}: there is no file /home/dba/.postgresql/postgresql.crt: sslcert names one`,
	],
	[
		'the named file is not there',
		'host=127.0.0.1 user=known dbname=appdb sslmode=require sslcert=/none.crt',
		{},
		`${noCertificate}: there is no file /none.crt: sslcert names one`,
	],
	[
		'none is to be sent',
		'host=127.0.0.1 user=known dbname=appdb sslmode=require sslcertmode=disable',
		{},
		`${noCertificate}: sslcert names one`,
	],
])('the next step is told where it is known: %s', async (_, string, environment, said) => {
	expect(await sentence(string, environment)).toBe(said);
});

test('two reasons and a long name are cut with their brackets closed', async () => {
	const user = 'n'.repeat(60);
	const said = await sentence(`host=127.0.0.1 user=known dbname=${'d'.repeat(63)}`, {
		PGSSLCERT: `/${'c'.repeat(150)}`,
		PGUSER: user,
	});
	expect(said).toMatch(
		/^127\.0\.0\.1:PORT: connection requires .*\(without TLS: no pg_hba\.conf entry.*~\): /,
	);
});
