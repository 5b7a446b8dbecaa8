import {spawn as spawnProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {spawn} from '@lydell/node-pty';
import {build} from 'esbuild';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {typeInto} from '../../../source/postgres/connect/prompt.js';
import {limit} from '../../helpers/limit.js';

test.each<[keys: string, text: string, end: string | undefined]>([
	['secret', 'secret', undefined],
	['secret\r', 'secret', 'enter'],
	['secret\n', 'secret', 'enter'],
	['\r', '', 'enter'],
	['\u0004', '', 'enter'],
	['secret\u0004', 'secret', 'enter'],
	['secrex\u007Ft\r', 'secret', 'enter'],
	['secrex\bt\r', 'secret', 'enter'],
	['\u007F\u007Fa\r', 'a', 'enter'],
	['wrong\u0015secret\r', 'secret', 'enter'],
	['se\u0003', '', 'cancel'],
	['se\tc\u0000ret\r', 'secret', 'enter'],
	['пароль😀x\u007F\u007F\r', 'пароль', 'enter'],
	['secret\rls\r', 'secret', 'enter'],
	['\uDCE9t\uDCE9x\u007F\r', '\uDCE9t\uDCE9', 'enter'],
	['\uDCC3\uDCA9\uDCC3\uDCA9\u007F\r', 'é', 'enter'],
])('%j', (keys, typed, end) => {
	expect(typeInto('', keys)).toEqual(end === undefined ? {text: typed} : {text: typed, end});
});

test('it does not matter how the terminal cuts what is typed', () => {
	const key = fc.constantFrom('a', 'ß', '😀', '\u007F', '\u0015', '\u0000');
	fc.assert(
		fc.property(fc.array(key), fc.array(key), (first, second) => {
			const {text: begun} = typeInto('', first.join(''));
			expect(typeInto(begun, second.join(''))).toEqual(typeInto('', [...first, ...second].join('')));
		}),
	);
});

let directory: string;
let program: string;

beforeAll(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'pgtop-'));
	program = path.join(directory, 'prompt.mjs');
	await build({
		stdin: {
			// It looks at the terminal itself, because Node would restore it at the end of the process at the latest.
			contents: `
				import {execSync} from 'node:child_process';
				import {askPassword} from './source/postgres/connect/prompt.ts';
				const answer = await askPassword('Password for ' + process.pid + ': ');
				console.log(JSON.stringify(answer));
				if (answer.type !== 'no terminal') console.log(execSync('stty -a </dev/tty').toString().match(/-?(icanon|echo) /g).join('') + 'done');
			`,
			resolveDir: process.cwd(),
		},
		bundle: true,
		platform: 'node',
		format: 'esm',
		outfile: program,
	});
});

afterAll(async () => {
	await rm(directory, {recursive: true, force: true});
});

/** Runs the prompt in a terminal of its own. */
function start(command = `"${process.execPath}" "${program}"`) {
	const terminal = spawn('/bin/sh', ['-c', command], {});
	let screen = '';
	terminal.onData(data => {
		screen += data;
	});
	const shows = async (what: RegExp) => vi.waitUntil(() => what.exec(screen), {timeout: limit});
	return {terminal, shows, screen: () => screen};
}

test.each<[what: string, keys: string, answer: string]>([
	['a password', 'sec\u007Fcret\r', '{"type":"password","password":"secret"}'],
	['Enter alone', '\r', '{"type":"password","password":""}'],
	['Ctrl-D', '\u0004', '{"type":"password","password":""}'],
	['Ctrl-C', 'sec\u0003', '{"type":"cancelled","signal":"SIGINT"}'],
])('%s: nothing typed is shown, and the terminal is as it was', async (_, keys, answer) => {
	const {terminal, shows, screen} = start();
	const [question] = await shows(/Password for \d+: /);
	terminal.write(keys);
	await shows(/done/);
	expect(screen()).toBe(`${question}\r\n${answer}\r\nicanon echo done\r\n`);
});

test('what is typed in another encoding is kept as it is', async () => {
	const {terminal, shows} = start();
	await shows(/Password for \d+: /);
	// It takes bytes, too, which its types don't know.
	terminal.write(Buffer.from('\xE9x\x7Ft\xE9\r', 'latin1') as unknown as string);
	const [answer] = await shows(/\{.*\}/);
	expect(JSON.parse(answer)).toEqual({type: 'password', password: '\uDCE9t\uDCE9'});
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('%s cancels it and restores the terminal', async signal => {
	const {shows, screen} = start();
	const [question, pid] = await shows(/Password for (\d+): /);
	process.kill(Number(pid), signal);
	await shows(/done/);
	expect(screen()).toBe(`${question}\r\n{"type":"cancelled","signal":"${signal}"}\r\nicanon echo done\r\n`);
});

test('standard input and output may be pipes', async () => {
	const {terminal, shows, screen} = start(`echo no | "${process.execPath}" "${program}" | tr a-z A-Z`);
	await shows(/Password/);
	terminal.write('secret\r');
	await shows(/DONE/);
	expect(screen()).toContain('{"TYPE":"PASSWORD","PASSWORD":"SECRET"}');
});

test('without a terminal it says so', async () => {
	const child = spawnProcess(process.execPath, [program], {
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
	expect(output).toBe('{"type":"no terminal"}\n');
});
