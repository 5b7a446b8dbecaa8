import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, afterEach, beforeAll, expect, test, vi} from 'vitest';
import {findBinaries} from '../../../source/demo/binaries.js';
import {type Cluster, launch} from '../../../source/demo/launch.js';
import type {PromptAnswer} from '../../../source/ports/ask.js';
import {connect} from '../../../source/postgres/connect/connect.js';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import {type Attempt, socketPath} from '../../../source/postgres/connect/connect-target.js';
import {logIn} from '../../../source/postgres/connect/log-in.js';
import {thisMachine} from '../../../source/postgres/connect/machine.js';
import type {SslMode} from '../../../source/postgres/connect/settings/tls-settings.js';
import {connectTo} from '../../../source/postgres/open-server.js';
import {limit} from '../../helpers/limit.js';
import {targetAt} from '../../helpers/server/target.js';
import {never} from '../../helpers/session/scene.js';

let cluster: Cluster;
let admin: Partial<Attempt> & {readonly host: string; readonly port: number};
let directory: string;

const hba = `
local all postgres trust
local all barred reject
local all all scram-sha-256
`;

const roles = `
create role dba login password 'sécret:\\1';
create role plain login password 'plain';
create role barred login;
create role crowded login password 'x' connection limit 0;
create role nologin password 'x';
`;

/** Connects, asks, and hangs up. */
async function ask(target: Partial<Attempt>, text: string): Promise<unknown> {
	const connected = await connect(targetAt(target));
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {rows} = await connected.client.query({text, rowMode: 'array'});
	await connected.client.end();
	return rows[0];
}

beforeAll(async () => {
	const found = await findBinaries(process.env.PGTOP_PG_BIN);
	if ('failure' in found) throw new Error(found.failure);
	cluster = await launch(found.binaries);
	admin = {
		host: cluster.host,
		port: cluster.port,
		user: 'postgres',
		database: 'postgres',
	};
	await writeFile(path.join(cluster.data, 'pg_hba.conf'), hba);
	await ask(admin, 'select pg_reload_conf()');
	for (const statement of roles.trim().split('\n')) await ask(admin, statement);
	directory = await mkdtemp(path.join(tmpdir(), 'pgtop-'));
});

afterAll(async () => {
	await cluster?.stop();
	await rm(directory, {recursive: true, force: true});
});

afterEach(() => {
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
});

const faultFor = async (target: Partial<Attempt>) => {
	const connected = await connect(targetAt({...admin, ...target}));
	expect(connected.type).toBe('failed');
	return connected.type === 'failed' ? connected.fault : undefined;
};

test('it connects over the socket, and the server knows it as pgtop', async () => {
	const text =
		'select current_user, current_database(), current_setting($$application_name$$), inet_client_addr()';
	expect(await ask(admin, text)).toEqual(['postgres', 'postgres', 'pgtop', null]);
});

test('the right password opens', async () => {
	expect(await ask({...admin, user: 'dba', password: 'sécret:\\1'}, 'select current_user')).toEqual(['dba']);
});

test('a wrong password is said in the words of the server, with the place it came from', async () => {
	expect(await faultFor({user: 'dba', password: 'wrong', passwordFrom: 'PGPASSWORD'})).toMatchObject({
		kind: 'auth',
		code: '28P01',
		sentence: 'password authentication failed for user "dba"',
		hint: 'the password came from PGPASSWORD',
	});
});

test.each([undefined, ''])('a password that is missing (%j) is a fault of its own', async password => {
	expect(await faultFor({user: 'dba', ...(password !== undefined && {password})})).toMatchObject({
		kind: 'need-password',
		sentence: `${socketPath(admin.host, admin.port)} asks for a password`,
	});
});

test.each<[what: string, target: Partial<Attempt>, fault: object]>([
	[
		'a database that is not there',
		{database: 'dba'},
		{kind: 'no-database', code: '3D000', startHint: 'try: pgtop postgres'},
	],
	['a role that may not log in', {user: 'nologin', password: 'x'}, {kind: 'auth', code: '28000'}],
	['a role whom pg_hba.conf rejects', {user: 'barred'}, {kind: 'auth', code: '28000', hint: /pg_hba\.conf/}],
	['a role with all its connections in use', {user: 'crowded', password: 'x'}, {kind: 'full', code: '53300'}],
	[
		'no socket',
		{port: 5499},
		{kind: 'connect-refused', code: 'ENOENT', startHint: 'try: pgtop -h HOST, or pgtop --demo'},
	],
	[
		'a name that is not known',
		{host: 'pgtop.invalid'},
		{kind: 'unreachable', sentence: 'the name pgtop.invalid is not known'},
	],
	['PGOPTIONS that the server refuses', {options: '-c no_such=1'}, {kind: 'missing', code: '42704'}],
])('%s', async (_, target, fault) => {
	expect(await faultFor(target)).toMatchObject(
		Object.fromEntries(
			Object.entries(fault).map(([key, value]) => [
				key,
				value instanceof RegExp ? expect.stringMatching(value) : value,
			]),
		),
	);
});

const servers: Server[] = [];

afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

/** Something that listens and answers a login with these bytes; without any it stays silent. */
async function pretend(answer?: Uint8Array | 'hang up' | 'agree and hang up', host = '127.0.0.1') {
	const server = createServer(socket => {
		socket.on('error', () => {});
		socket.once('data', () => {
			if (answer === 'hang up') socket.destroy();
			else if (answer === 'agree and hang up') socket.end('S');
			else if (answer) socket.write(answer);
		});
	});
	servers.push(server);
	await new Promise<void>(resolve => {
		server.listen(0, host, resolve);
	});
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('no port');
	return {
		...admin,
		host,
		port: address.port,
		connectTimeoutMs: limit,
		tls: {...targetAt().tls, mode: 'disable'} as const,
	};
}

test.each(['localhost', '127.0.0.1'])('a closed port of %s refuses', async host => {
	const {port} = await pretend();
	servers.pop()?.close();
	expect(await faultFor({host, port})).toMatchObject({
		kind: 'connect-refused',
		code: 'ECONNREFUSED',
		sentence: `${host}:${port} refused the connection`,
	});
});

test.each<[what: string, answer: Uint8Array | 'hang up' | undefined, kind: string, sentence: string]>([
	['a silent port', undefined, 'timeout', 'no answer from HERE within 0.3s'],
	['a port that hangs up', 'hang up', 'lost', 'HERE closed the connection'],
	[
		'SSH',
		Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'),
		'protocol',
		"what answers at HERE does not speak PostgreSQL's protocol",
	],
	[
		'MySQL',
		Buffer.from([74, 0, 0, 0, 10, 56, 46, 48, 0, 1, 2, 3, 4, 5]),
		'protocol',
		"what answers at HERE does not speak PostgreSQL's protocol",
	],
	[
		'SSPI',
		Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 9]),
		'auth',
		"HERE wants a login by SSPI (Windows), which pgtop can't do",
	],
	[
		'a way of login that came later',
		Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 99]),
		'auth',
		"HERE wants a kind of login that pgtop can't do",
	],
	[
		'GSSAPI',
		Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 7]),
		'auth',
		"HERE wants a login by GSSAPI (Kerberos), which pgtop can't do",
	],
])('%s gives a sentence, and nothing is left open', async (_, answer, kind, sentence) => {
	const target = await pretend(answer);
	const [server] = servers;
	// Where an answer comes, a slow machine must not be taken for a silent port.
	const patience = kind === 'timeout' ? {connectTimeoutMs: 300} : {};
	expect(await faultFor({...target, ...patience})).toMatchObject({
		kind,
		sentence: sentence.replace('HERE', `${target.host}:${target.port}`),
	});
	const connections = () =>
		new Promise((resolve, reject) => {
			server?.getConnections((error, count) => (error ? reject(error) : resolve(count)));
		});
	await expect.poll(connections).toBe(0);
});

test('what answers the request for TLS with something else is no PostgreSQL', async () => {
	const target = await pretend(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'));
	const {tls} = targetAt();
	expect(await faultFor({...target, tls})).toMatchObject({
		kind: 'protocol',
		sentence: `what answers at ${target.host}:${target.port} does not speak PostgreSQL's protocol`,
	});
});

test.each<[what: string, mode: SslMode, kind: string]>([
	['TLS is a must', 'require', 'lost'],
	['TLS is preferred', 'prefer', 'lost'],
])('a server that agrees to TLS and hangs up is not waited for, where %s', async (_, mode, kind) => {
	const target = await pretend('agree and hang up');
	const fault = await faultFor({...target, connectTimeoutMs: 0, tls: {...targetAt().tls, mode}});
	expect(fault).toMatchObject({kind, sentence: `${target.host}:${target.port} closed the connection`});
});

test('node-postgres reads nothing from the environment by itself', async () => {
	const surprises = {
		PGHOST: 'nowhere',
		PGPORT: '1',
		PGUSER: 'nobody',
		PGDATABASE: 'none',
		PGPASSWORD: 'wrong',
		PGAPPNAME: 'other',
		PGOPTIONS: '-c no_such=1',
		PGREPLICATION: 'true',
		PGSSLMODE: 'require',
		PGSSLNEGOTIATION: 'direct',
		PGCLIENT_ENCODING: 'latin1',
	};
	for (const [name, value] of Object.entries(surprises)) vi.stubEnv(name, value);
	expect(await ask(admin, 'select current_setting($$application_name$$)')).toEqual(['pgtop']);
	expect(await faultFor({user: 'dba'})).toMatchObject({kind: 'need-password'});
});

test('PGOPTIONS are passed on', async () => {
	expect(await ask({...admin, options: '-c work_mem=1234kB'}, 'show work_mem')).toEqual(['1234kB']);
});

test('queries are written at once, answered in order, and fail alone', async () => {
	const warnings = vi.spyOn(process, 'emitWarning');
	const connected = await connect(targetAt(admin));
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {client} = connected;
	const done: string[] = [];
	const run = async (text: string) =>
		client.query(text).then(
			() => done.push(text),
			() => done.push(`${text} failed`),
		);
	await Promise.all(['select pg_sleep(0.1)', 'select 1/0', 'select 2', 'select 3'].map(run));
	expect(done).toEqual(['select pg_sleep(0.1)', 'select 1/0 failed', 'select 2', 'select 3']);
	expect(warnings).not.toHaveBeenCalled();
	await client.end();
});

test('a session that is ended ends nothing but itself', async () => {
	const connected = await connect(targetAt(admin));
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {client} = connected;
	const end = new Promise<void>(resolve => {
		client.on('end', resolve);
	});
	await client.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {});
	await end;
});

test('the socket of a running server is found', () => {
	const {hasSocket} = thisMachine();
	expect(hasSocket(socketPath(cluster.host, cluster.port))).toBe(true);
	expect(hasSocket(socketPath(cluster.host, 5499))).toBe(false);
	expect(hasSocket(cluster.log)).toBe(false);
});

test('what the arguments say leads there', async () => {
	const resolved = resolveTarget(
		{
			dbname: `postgresql://dba:s%C3%A9cret:%5C1@/postgres?host=${encodeURIComponent(cluster.host)}&application_name=mine`,
		},
		{PGPORT: String(cluster.port), PGHOST: 'nowhere'},
		thisMachine(),
	);
	if (resolved.type === 'bad') throw new Error(resolved.sentence);
	const connected = await connect(resolved.target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {rows} = await connected.client.query('select current_user, current_setting($$application_name$$)');
	expect(rows).toEqual([{current_user: 'dba', current_setting: 'mine'}]);
	await connected.client.end();
});

/** A person at the prompt, who remembers what was asked. */
function person(answer: PromptAnswer) {
	const questions: string[] = [];
	return {
		questions,
		async ask(question: string) {
			questions.push(question);
			return answer;
		},
	};
}

async function passwordFile(text: string, mode = 0o600): Promise<string> {
	const file = path.join(directory, 'pgpass');
	await writeFile(file, text);
	await chmod(file, mode);
	return file;
}

const outcomeOf = async (target: Partial<Attempt>, answer: PromptAnswer) => {
	const {questions, ask: asked} = person(answer);
	const loggedIn = await logIn(targetAt(target), asked);
	if (loggedIn.type === 'connected') await loggedIn.client.end();
	return {questions, loggedIn};
};

test('nobody is asked for a password that the server does not want', async () => {
	const {questions, loggedIn} = await outcomeOf(admin, {type: 'no terminal'});
	expect([questions, loggedIn.type]).toEqual([[], 'connected']);
});

test('the password file is used before anybody is asked', async () => {
	const file = await passwordFile('*:*:*:dba:sécret\\:\\\\1\n');
	const {questions, loggedIn} = await outcomeOf(
		{...admin, user: 'dba', passwordFile: file},
		{type: 'no terminal'},
	);
	expect([questions, loggedIn.type]).toEqual([[], 'connected']);
});

test('a wrong password in the file is not asked for again, and the file is named', async () => {
	const file = await passwordFile('*:*:*:dba:wrong\n');
	const {questions, loggedIn} = await outcomeOf(
		{...admin, user: 'dba', passwordFile: file},
		{type: 'no terminal'},
	);
	expect(questions).toEqual([]);
	expect(loggedIn).toMatchObject({
		type: 'failed',
		fault: {kind: 'auth', hint: `the password came from ${file}`},
	});
});

test('a password that has changed in the file is found by the next connection', async () => {
	await ask(admin, "create role rotating login password 'old'");
	const file = await passwordFile('*:*:*:rotating:old\n');
	const login = await logIn(targetAt({...admin, user: 'rotating', passwordFile: file}), async () => ({
		type: 'no terminal',
	}));
	if (login.type !== 'connected') throw new Error('no login');
	const open = connectTo(login.target, login, {signals: 'none', sender: 'tester@test'});
	(await open(() => {}, never)).close();
	await ask(admin, "alter role rotating password 'new'");
	await passwordFile('*:*:*:rotating:new\n');
	(await open(() => {}, never)).close();
});

test('a typed password opens, and is kept for the next connection', async () => {
	const target = {...admin, user: 'plain'};
	const {questions, loggedIn} = await outcomeOf(target, {type: 'password', password: 'plain'});
	expect(questions).toEqual([`Password for plain@[local:${admin.host}]:${admin.port}/postgres: `]);
	expect(loggedIn).toMatchObject({type: 'connected', target: {places: [{password: 'plain'}]}});
	const again = await connect(loggedIn.target);
	if (again.type === 'failed') throw new Error(again.fault.sentence);
	await again.client.end();
});

test('a wrong password is typed once, as in psql', async () => {
	const {questions, loggedIn} = await outcomeOf(
		{...admin, user: 'dba'},
		{type: 'password', password: 'wrong'},
	);
	expect(questions).toHaveLength(1);
	expect(loggedIn).toMatchObject({type: 'failed', fault: {kind: 'auth', code: '28P01'}});
});

test('Ctrl-C at the prompt is no fault', async () => {
	const {loggedIn} = await outcomeOf({...admin, user: 'dba'}, {type: 'cancelled', signal: 'SIGINT'});
	expect(loggedIn).toMatchObject({type: 'cancelled', signal: 'SIGINT'});
});

test('without a terminal the fault says what to do, and a file that others can read is mentioned', async () => {
	const file = await passwordFile('*:*:*:dba:sécret\\:\\\\1\n', 0o644);
	const {loggedIn} = await outcomeOf({...admin, user: 'dba', passwordFile: file}, {type: 'no terminal'});
	expect(loggedIn).toMatchObject({
		type: 'failed',
		fault: {kind: 'need-password', startHint: `set PGPASSWORD, or write it into ${file}`},
		warning: expect.stringContaining(`the password file ${file} is ignored`),
	});
});

test('the command that gives the password is run once for a connection, whatever it takes until that is made', async () => {
	const file = path.join(directory, 'runs');
	const target = targetAt({
		...admin,
		user: 'plain',
		attributes: 'standby',
		passwordCommand: `echo run >>'${file}'; echo plain`,
	});
	const [place] = target.places;
	const connected = await connect({...target, places: [place, place]});
	expect(connected).toMatchObject({type: 'failed', fault: {kind: 'unsuitable'}});
	expect(await readFile(file, 'utf8')).toBe('run\n');
});
