import {execFile} from 'node:child_process';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {makePrivateFolder} from '../../../source/demo/launch/folder/private-folder.js';
import {openClient} from '../../../source/demo/open-client.js';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {limit} from '../../helpers/limit.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {endServers, newest} from '../../helpers/server/servers.js';
import {endTerminals, program, start} from '../../helpers/terminal/terminal.js';
import {findPsql, isPsql} from '../../postgres/psql/psql.js';

// In this file every text that goes to a file, a shell or a server has one character for each byte.

const methods = ['scram-sha-256', 'md5', 'password'] as const;
type Method = (typeof methods)[number];
const roleOf = (method: string) => `caf\xE9-${method}`;
/** UTF-8 and something else in one. */
const database = 'caf\xE9 \xC3\xA9';
const password = '\xE9t\xE9 \xC3\xA9';

const hex = (text: string) =>
	`convert_from('\\x${Buffer.from(text, 'latin1').toString('hex')}', 'SQL_ASCII')`;

const psql = findPsql();

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
	({path: folder, remove} = await makePrivateFolder(false));
});

afterAll(async () => {
	await endTerminals();
	await remove?.();
});

type Call = {
	readonly words?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Of the home folder. */
	readonly files?: Readonly<Record<string, string>>;
};

let calls = 0;

/** Writes a script that runs its arguments so: the shell passes every byte on as it is. */
async function prepare({words = '', env = {}, files = {}}: Call) {
	const home = join(folder, `home-${calls++}`);
	await mkdir(home);
	for (const [name, text] of Object.entries(files))
		await writeFile(Buffer.from(join(home, name), 'latin1'), Buffer.from(text, 'latin1'), {mode: 0o600});
	const script = join(home, 'call');
	const exports = Object.entries(env).map(([name, value]) => `${name}='${value}'\nexport ${name}\n`);
	await writeFile(script, Buffer.from(`${exports.join('')}exec "$@" ${words}\n`, 'latin1'));
	return {home, script};
}

/** Ends with the exit code. */
async function run(command: readonly string[], call: Call) {
	const {home, script} = await prepare(call);
	return execute(['/bin/sh', script, ...command], {...cleanEnvironment(), HOME: home});
}

const execute = ([file = '', ...words]: readonly string[], env = process.env) =>
	new Promise<{readonly code: number | null; readonly printed: string; readonly said: string}>(resolve => {
		const child = execFile(file, words, {env, timeout: limit}, (_, printed, said) =>
			resolve({code: child.exitCode, printed, said}),
		);
	});

const pgtop = [process.execPath, program, '--once'];

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {log_connections: 'on'}});
		const asBytes = "encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0";
		for (const name of ['maker', 'made']) await cluster.observe(`create database ${name} ${asBytes}`);
		const client = await openClient(cluster, {user: 'postgres', database: 'maker', application: 'maker'});
		await client.query('set client_encoding = SQL_ASCII');
		const roles = methods.map(
			method => `
				perform set_config('password_encryption', '${method === 'md5' ? method : 'scram-sha-256'}', true);
				execute format('create role %I login password %L', ${hex(roleOf(method))}, ${hex(password)});`,
		);
		await client.query(`do $$ begin
			${roles.join('')}
			execute format('alter database made rename to %I', ${hex(database)});
		end $$`);
		await client.end();
		const rules = methods.map(method => `local all "${roleOf(method)}" ${method}\n`);
		const file = join(cluster.data, 'pg_hba.conf');
		const others = await readFile(file, 'latin1');
		await writeFile(file, Buffer.from(`${rules.join('')}${others}`, 'latin1'));
		await cluster.observe('select pg_reload_conf()');
	});

	afterAll(async () => cluster?.stop());

	/** How each program ended, and what the server logged of its logins, in bytes. */
	const loginsOf = async (command: readonly string[], call: Call) => {
		const before = (await readFile(cluster.log, 'latin1')).length;
		const {code, said} = await run(command, call);
		const log = (await readFile(cluster.log, 'latin1')).slice(before);
		const logins = log.match(/(?<=connection authorized: )user=.* database=.*?(?= application_name=|$)/gm);
		return {code, said, logins: [...new Set(logins)]};
	};

	const where = () => `host='${cluster.host}' port=${cluster.port}`;

	const sources = (role: string): Readonly<Record<string, () => Call>> => {
		const here = () => ({PGHOST: cluster.host, PGPORT: String(cluster.port)});
		const names = {PGUSER: role, PGDATABASE: database};
		const secret = {PGPASSWORD: password};
		const percent = (text: string) =>
			text.replace(/[^a-z]/g, one => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
		return {
			environment: () => ({env: {...here(), ...names, ...secret}}),
			flags: () => ({env: {...here(), ...secret}, words: `-U '${role}' -d '${database}'`}),
			'glued flags': () => ({env: {...here(), ...secret}, words: `'-U${role}' '-d${database}'`}),
			names: () => ({env: {...here(), ...secret}, words: `-- '${database}' '${role}'`}),
			'a connection string': () => ({
				words: `"${where()} user='${role}' dbname='${database}' password='${password}'"`,
			}),
			'a URI': () => ({
				env: here(),
				words: `'postgresql:///${percent(database)}?user=${percent(role)}&password=${percent(password)}'`,
			}),
			'a URI with the bytes in it': () => ({
				env: here(),
				words: `'postgresql:///${database}?user=${role}&password=${password}'`,
			}),
			'a password file': () => ({
				env: {...here(), ...names},
				files: {'.pgpass': `*:*:*:*\xE9:no\n${cluster.host}:*:${database}:${role}:${password}\n`},
			}),
			'a service file': () => ({
				words: "'service=caf\xE9'",
				files: {
					'.pg_service.conf': `[caf\xE8]\nhost=none\n[caf\xE9]\nhost=${cluster.host}\nport=${cluster.port}\nuser=${role}\ndbname=${database}\npassword=${password}\n`,
				},
			}),
			'files whose names are bytes': () => ({
				env: {...here(), ...names, PGPASSFILE: 'none'},
				words: `"passfile=$HOME/\xE9"`,
				files: {'\xE9': `*:*:*:*:${password}\n`},
			}),
		};
	};

	const [usual] = methods;
	const callOf = (method: Method, source: string) => sources(roleOf(method))[source]?.() ?? {};
	// What a source reads does not depend on the method, nor on the server.
	const logins = [
		...methods.map(method => ({method, source: 'environment'})),
		...(binaries === newest
			? Object.keys(sources(roleOf(usual)))
					.slice(1)
					.map(source => ({method: usual, source}))
			: []),
	];

	test.each(logins)('$method: role, database and password from $source', async ({method, source}) => {
		const call = () => callOf(method, source);
		const wanted = {code: 0, said: '', logins: [`user=${roleOf(method)} database=${database}`]};
		if (isPsql(psql)) expect(await loginsOf([psql.file, '-XAtc', 'select 1'], call())).toEqual(wanted);
		expect(await loginsOf(pgtop, call())).toEqual(wanted);
	});

	test.each(['UTF8', 'LATIN1', 'SQL_ASCII'])(
		'a picture of a database in %s as such a role',
		async encoding => {
			const there = `in_${encoding.toLowerCase()}`;
			await cluster.observe(
				`create database ${there} encoding '${encoding}' lc_collate 'C' lc_ctype 'C' template template0`,
			);
			const words = `-h '${cluster.host}' -U '${roleOf('md5')}' ${there}`;
			const {code, said, printed} = await run(pgtop, {words, env: {PGPASSWORD: password}});
			expect({code, said}).toEqual({code: 0, said: ''});
			expect(printed).toContain(`${encoding === 'LATIN1' ? 'café' : 'caf\uFFFD'}-md5`);
		},
	);

	test('the screen is that of such a role, and so is its next connection', async () => {
		const words = `-h '${cluster.host}' -U '${roleOf('md5')}' -d '${database}' --no-audit-log`;
		const {script} = await prepare({words, env: {PGPASSWORD: password, PGAPPNAME: 'screen'}});
		const terminal = start([], {under: ['/bin/sh', script], columns: 120});
		await terminal.until(/caf\uFFFD-md5.*caf\uFFFD é/);
		await terminal.until('PRIMARY');
		const pids = async () => {
			const text = "select pid from pg_stat_activity where application_name = 'screen'";
			return (await cluster.observe<{pid: number}>(text)).map(({pid}) => pid);
		};

		const [before] = await pids();
		await cluster.observe(`select pg_terminate_backend(${before})`);
		await terminal.until(async () => (await pids()).some(pid => pid !== before));
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
	});

	test('a wrong byte is a wrong password', async () => {
		const [[, call] = []] = Object.entries(sources(roleOf('scram-sha-256')));
		const {env} = call?.() ?? {};
		const end = await run(pgtop, {env: {...env, PGPASSWORD: password.replace('\xE9', '\xEF\xBF\xBD')}});
		expect(end).toMatchObject({code: 1, printed: ''});
		expect(end.said).toMatch(/^pgtop: [^\n]*\.s\.PGSQL\.\d+: password authentication failed [^\n]*\n$/);
	});

	test('a name that is not there is shown with U+FFFD for each byte', async () => {
		const words = `-h '${cluster.host}' -U 'no\xE9' postgres`;
		const {code, said} = await run(pgtop, {words});
		expect({code, said}).toEqual({code: 1, said: expect.stringMatching(/^pgtop: .*no\uFFFD.*\n$/)});
	});

	test('what was typed as U+FFFD is that', async () => {
		const words = `-h '${cluster.host}' -U 'no\xEF\xBF\xBD' postgres`;
		await run(pgtop, {words});
		expect(await readFile(cluster.log, 'latin1')).toContain('role "no\xEF\xBF\xBD" does not exist');
	});

	test('PGOPTIONS and PGAPPNAME are sent as they are', async () => {
		const env = {PGAPPNAME: 'a\xE9', PGOPTIONS: '-c no_such.\xE9=1 -c none\xE9=1'};
		const words = `-h '${cluster.host}' -U postgres postgres`;
		const before = (await readFile(cluster.log, 'latin1')).length;
		expect(await run(pgtop, {env, words})).toMatchObject({code: 1});
		const log = (await readFile(cluster.log, 'latin1')).slice(before);
		expect(log).toMatch(/FATAL: .*\xE9/);
		expect(log).not.toMatch(/\xEF\xBF\xBD/);
	});
});

test('an audit file may be called so', async () => {
	const call = {words: '--signals --audit-log "$HOME/\xE9"', files: {'\xE9': ''}};
	const {code, said, printed} = await run([process.execPath, program], call);
	expect({code, said}).toEqual({code: 0, said: ''});
	// One that is not there would be a mistake.
	expect(printed).toMatch(/^no signals were written to .*� yet\n$/);
});

test.each(['/tmp/\xE9', 'db\xE9.example'])('a host that is not UTF-8 is one sentence', async host => {
	const {code, said} = await run(pgtop, {env: {PGHOST: host}});
	expect({code, said}).toEqual({
		code: 2,
		said: 'pgtop: PGHOST is not UTF-8, and Node.js takes no other name of a host or a socket\n',
	});
});
