import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {startLiar} from '../../helpers/network/liar.js';
import {cleartext, failure, notice} from '../../helpers/network/messages.js';
import {harmIn} from '../../helpers/terminal/harm-in.js';
import {program} from '../../helpers/terminal/terminal.js';

const evil = '\u001B]2;pwned\u0007\u009B2J\u202E\u200B\t\r\n\u007Fend';
const shown = '␛]2;pwned␇␦2J␦␦ ␡end';

/** The same, which is no UTF-8. */
const bytes = String.raw`$(printf '\033]2;pwned\007\2332J\377end')`;

type Call = {
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** What a shell is to put behind the program and its arguments. */
	readonly script?: string;
};

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-words-'));
	const place = join(folder, evil);
	await mkdir(join(place, 'pgtop'), {recursive: true});
	await writeFile(join(place, 'pgtop', 'config.toml'), `${JSON.stringify(evil).replace('\u007F', '')} = 1\n`);
	await writeFile(join(place, 'passwords'), '*:*:*:*:secret\n', {mode: 0o644});
	await writeFile(join(place, 'services'), `[evil]\n${evil.replace(/[\r\n]/g, '')}=1\n`);
});

afterAll(async () => rm(folder, {recursive: true}));

/** Without a terminal: the exit code, and each byte on standard error. */
const run = async ({args = [], env = {}, script = ''}: Call) =>
	new Promise<{readonly code: number | null; readonly stderr: Buffer}>(resolve => {
		const words = ['-c', `exec "$@" ${script}`, 'sh', process.execPath, program, '--once', ...args];
		const child = spawn('sh', words, {
			env: {...cleanEnvironment(), ...env},
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		const pieces: Buffer[] = [];
		child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
		child.once('close', code => resolve({code, stderr: Buffer.concat(pieces)}));
	});

/** One line, that ends where it has to, and in which nothing acts. */
function safe(stderr: Buffer): string {
	const [last] = stderr.subarray(-1);
	expect(last).toBe(0x0a);
	const line = stderr.subarray(0, -1);
	expect(harmIn(line)).toEqual([]);
	return line.toString();
}

/** Where a text stands as JSON has it. */
const quoted = String.raw`"\u001b]2;pwned\u0007\u009b2J\u202e`;

const nowhere = ['-h', '/nowhere'];
/** As a role and to a database with such names. */
const wayTo = ({host, port}: ServerAddress) => ['-h', host, '-p', String(port), '-U', evil, '-d', evil];

const inFolder = (...names: readonly string[]) => join(folder, evil, ...names);

test.concurrent.each<[what: string, call: () => Call, code: number, words?: string]>([
	['a host', () => ({args: ['-h', evil]}), 2],
	['a directory of sockets', () => ({args: ['-h', `/${evil}`]}), 1],
	['a URI', () => ({args: [`postgresql://x/?${evil}=1`]}), 2],
	['a flag', () => ({args: [`--${evil}`]}), 2],
	['--filter', () => ({args: [...nowhere, `--filter=state:${evil}`]}), 2, '␛]2;pwned␇␦2J␦␦'],
	['--columns', () => ({args: [...nowhere, `--columns=${evil}`]}), 2, quoted],
	['--sort', () => ({args: [...nowhere, `--sort=${evil}`]}), 2, quoted],
	['--interval', () => ({args: [...nowhere, `--interval=${evil}`]}), 2],
	['--theme', () => ({args: [...nowhere, `--theme=${evil}`]}), 2],
	['an audit file', () => ({args: ['--signals', `--audit-log=${evil}`]}), 2],
	['the state folder', () => ({args: ['--signals'], env: {XDG_STATE_HOME: inFolder('passwords')}}), 1],
	['a configuration', () => ({args: nowhere, env: {XDG_CONFIG_HOME: inFolder()}}), 2],
	['PGHOST', () => ({env: {PGHOST: evil}}), 2],
	['PGSSLMODE', () => ({args: nowhere, env: {PGSSLMODE: evil}}), 2],
	['PGTOP_PG_BIN', () => ({args: ['--demo'], env: {PGTOP_PG_BIN: `/${evil}`}}), 1],
	['PGSERVICE', () => ({env: {PGSERVICE: evil}}), 2],
	['a service file', () => ({env: {PGSERVICE: 'evil', PGSERVICEFILE: inFolder('services')}}), 2],
	['a service file that is not there', () => ({env: {PGSERVICE: 'evil', PGSERVICEFILE: evil}}), 2],
	['bytes', () => ({script: `--signals --audit-log="${bytes}"`}), 2, '␛]2;pwned␇\uFFFD2J\uFFFDend'],
])('%s with sequences in it is said without them', async (_, call, code, words = shown) => {
	const ended = await run(call());
	expect(safe(ended.stderr)).toContain(words);
	expect(ended.code).toBe(code);
});

test.concurrent.each([
	['FATAL', [failure('FATAL', '28000', evil)]],
	['ERROR', [failure('ERROR', '42501', evil)]],
	['a NOTICE and FATAL', [Buffer.concat([notice(evil), failure('FATAL', '57P03', evil)])]],
	['FATAL after a password', [cleartext, failure('FATAL', '28P01', evil)]],
] as const)('a server that answers %s with sequences in it is told without them', async (_, answers) => {
	const liar = await startLiar(...answers);
	const env = {PGPASSWORD: 'secret', PGOPTIONS: evil, PGAPPNAME: evil, PGSSLMODE: 'disable'};
	const {code, stderr} = await run({args: wayTo(liar), env});
	expect(safe(stderr)).toContain(shown);
	expect(code).toBe(1);
});

test.concurrent('a role, and a password file that is not ours alone, are named without sequences', async () => {
	const liar = await startLiar(cleartext);
	const args = ['-w', ...wayTo(liar)];
	const {code, stderr} = await run({args, env: {PGPASSFILE: inFolder('passwords'), PGSSLMODE: 'disable'}});
	const lines = stderr.toString().split(/(?<=\n)/);
	const said = lines.map(line => safe(Buffer.from(line)));
	expect(said).toEqual([
		expect.stringContaining(`the password file ${inFolder('passwords').replace(evil, shown)} `),
		expect.stringContaining(shown),
	]);
	expect(code).toBe(1);
});
