import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {letIn, startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {program} from '../../helpers/terminal/terminal.js';

const password = 'geheim: \\é';
let cluster: TestCluster;

beforeAll(async () => {
	cluster = await startCluster();
	await cluster.observe(`create role scram login password '${password}' in role pg_monitor`);
	await letIn(cluster, 'scram', 'scram-sha-256');
});

afterAll(async () => cluster?.stop());

/** There is no such file. */
const passwords = () => `${cluster.host}/passwords`;

/** Starts the program as cron does: in a session without a terminal. */
function startAlone(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
	const way = ['-h', cluster.host, '-p', String(cluster.port), '-U', 'scram', '-d', 'appdb', '--once'];
	const child = spawn(process.execPath, [program, ...way, ...args], {
		detached: true,
		env: {...cleanEnvironment(), PGPASSFILE: passwords(), ...env},
	});
	child.stdin.on('error', () => {});
	const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
		([output, said, [code]]) => ({output, said, code: code as number | null}),
	);
	return {child, ended};
}

const asked = () => `Password for scram@[local:${cluster.host}]:${cluster.port}/appdb: \n`;
const address = () => `${cluster.host}/.s.PGSQL.${cluster.port}`;
const wanted = () =>
	`pgtop: ${address()} asks for a password: set PGPASSWORD, or write it into ${passwords()}\n`;

test('the password is read from standard input, as by psql', async () => {
	const {child, ended} = startAlone([]);
	child.stdin.end(`${password}\nmore\n`);
	const {output, said, code} = await ended;
	expect({said, code}).toEqual({said: asked(), code: 0});
	expect(output).toContain('PRIMARY');
});

test('with -W, too, and before anybody wants to know', async () => {
	const {child, ended} = startAlone(['-W'], {PGPASSWORD: 'wrong'});
	child.stdin.end(password);
	const {output, said, code} = await ended;
	expect({said, code}).toEqual({said: 'Password: \n', code: 0});
	expect(output).toContain('PRIMARY');
});

test('a wrong one is one line with the reason of the server', async () => {
	const {child, ended} = startAlone([]);
	child.stdin.end('wrong\n');
	expect(await ended).toEqual({
		output: '',
		said: `${asked()}pgtop: ${address()}: password authentication failed for user "scram"\n`,
		code: 1,
	});
});

test.each([[[]], [['-W']]])('nothing to read is a password that is wanted: %j', async args => {
	const {child, ended} = startAlone(args);
	child.stdin.end();
	const question = args.length > 0 ? 'Password: \n' : asked();
	expect(await ended).toEqual({output: '', said: `${question}${wanted()}`, code: 1});
});

test('-w reads nothing', async () => {
	const {child, ended} = startAlone(['-w']);
	child.stdin.end(`${password}\n`);
	expect(await ended).toEqual({output: '', said: wanted(), code: 1});
});

test('what is no password is one sentence, and exit 2', async () => {
	const {child, ended} = startAlone([]);
	child.stdin.write('x'.repeat(1_000_000));
	expect(await ended).toEqual({
		output: '',
		said: `${asked()}pgtop: the first line of standard input is no password: it is longer than 64 kB\n`,
		code: 2,
	});
});

test.each([
	['SIGINT', 130],
	['SIGTERM', 143],
] as const)('while nothing comes %s ends it', async (signal, code) => {
	const {child, ended} = startAlone([]);
	await once(child.stderr, 'data');
	child.kill(signal);
	expect(await ended).toEqual({output: '', said: asked(), code});
});
