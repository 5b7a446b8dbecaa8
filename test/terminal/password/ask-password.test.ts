import {spawn as spawnProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, open, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {setTimeout} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';

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
				import {askPassword} from './source/terminal/password/ask-password.ts';
				const answer = await askPassword('Password for ' + process.pid + ': ');
				console.log(JSON.stringify(answer));
				const where = {terminal: ' </dev/tty', input: '', none: undefined}[process.argv[2] ?? 'terminal'];
				const look = () => execSync('stty -a' + where, {stdio: ['inherit', 'pipe', 'inherit']}).toString();
				if (where !== undefined) console.log(look().match(/-?(icanon|echo) /g).join('') + 'done');
				if (process.argv[3] === 'again') console.log(JSON.stringify(await askPassword('Again: ')));
				process.exit();
			`,
			resolveDir: path.join(import.meta.dirname, '../../..'),
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

/** A terminal may hand over a line and its end apart. */
const wholeEnd = /done\r\n/;

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
	['a word erased', 'wrong\u0017secret\r', '{"type":"password","password":"secret"}'],
	['a line erased', 'so wrong\u0015secret\r', '{"type":"password","password":"secret"}'],
	['a key taken literally', 'sec\u0016\u0003ret\r', '{"type":"password","password":"sec\\u0003ret"}'],
	['arrows on the way', 'sec\u001B[Aret\u001BOD\r', '{"type":"password","password":"secret"}'],
	['a paste with its marks', '\u001B[200~secret\u001B[201~\r', '{"type":"password","password":"secret"}'],
	['Ctrl-C', 'sec\u0003', '{"type":"cancelled","signal":"SIGINT"}'],
	['Ctrl-\\', 'sec\u001C', '{"type":"cancelled","signal":"SIGQUIT"}'],
])('%s: nothing typed is shown, and the terminal is as it was', async (_, keys, answer) => {
	const {terminal, shows, screen} = start();
	const [question] = await shows(/Password for \d+: /);
	terminal.write(keys);
	await shows(wholeEnd);
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

test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'])(
	'%s cancels it and restores the terminal',
	async signal => {
		const {shows, screen} = start();
		const [question, pid] = await shows(/Password for (\d+): /);
		process.kill(Number(pid), signal);
		await shows(wholeEnd);
		expect(screen()).toBe(`${question}\r\n{"type":"cancelled","signal":"${signal}"}\r\nicanon echo done\r\n`);
	},
);

test('standard input and output may be pipes', async () => {
	const {terminal, shows, screen} = start(`echo no | "${process.execPath}" "${program}" | tr a-z A-Z`);
	await shows(/Password/);
	terminal.write('secret\r');
	await shows(/DONE/);
	expect(screen()).toContain('{"TYPE":"PASSWORD","PASSWORD":"SECRET"}');
});

test('after Esc, which is no text, what is typed is text again', async () => {
	const {terminal, shows} = start();
	await shows(/Password for \d+: /);
	terminal.write('sec\u001B');
	// Longer than a sequence may take; whether both were read together on a busy machine can't be seen.
	await setTimeout(1000);
	terminal.write('ret\r');
	await shows(/"secret"/);
});

test('a password that is longer than any is one sentence', async () => {
	const {terminal, shows} = start();
	await shows(/Password for \d+: /);
	terminal.write('x'.repeat(70_000));
	await shows(/"bad","sentence":"no password is longer than 64 kB"/);
	await shows(/done/);
});

test.runIf(process.platform === 'linux')(
	'a terminal that is not the one of the session is asked, too, and shows nothing',
	async () => {
		const command = `"${process.execPath}" "${program}" input`;
		const {terminal, shows, screen} = start(`setsid -w ${command} || echo "exit $?"`);
		const [question] = await shows(/Password for \d+: /);
		terminal.write('secret\r');
		await shows(/(?:done|exit \d+)\r\n/);
		expect(screen()).toBe(`${question}\r\n{"type":"password","password":"secret"}\r\nicanon echo done\r\n`);
	},
);

describe('without a terminal', () => {
	/** Runs the prompt in a session that has none; what its standard input is given, and how that ends. */
	const startAlone = (input: 'pipe' | 'ignore' | number, ...words: readonly string[]) => {
		const child = spawnProcess(process.execPath, [program, 'none', ...words], {
			detached: true,
			stdio: [input, 'pipe', 'pipe'],
		});
		const ended = Promise.all([
			text(child.stdout as Readable),
			text(child.stderr as Readable),
			once(child, 'exit'),
		]);
		child.stdin?.on('error', () => {});
		return {child, ended};
	};

	test.each<[what: string, input: string, password: string]>([
		['a line', 'secret\n', 'secret'],
		['a line without its end', 'secret', 'secret'],
		['a line of Windows', 'secret\r\n', 'secret'],
		['the first of several lines', 'secret\nmore\n', 'secret'],
		['an empty line', '\n', ''],
		['nothing', '', ''],
		['a zero byte, which ends a text', 'secret\0more\n', 'secret'],
		['blanks, which count', ' secret \n', ' secret '],
		['what the terminal would take for keys', 'a\u0015\u0003\u001B[Ab\n', 'a\u0015\u0003\u001B[Ab'],
		['letters of any language', 'пароль😀\n', 'пароль😀'],
	])('it reads %s from standard input', async (_, input, password) => {
		const {child, ended} = startAlone('pipe');
		child.stdin?.end(input);
		const [output, said] = await ended;
		expect(JSON.parse(output)).toEqual({type: 'password', password});
		expect(said).toBe(`Password for ${child.pid}: \n`);
	});

	test('it reads a file, too, and /dev/null holds none', async () => {
		const file = path.join(directory, 'password');
		await writeFile(file, 'secret\n');
		const opened = await open(file);
		const [output] = await startAlone(opened.fd).ended;
		await opened.close();
		expect(JSON.parse(output)).toEqual({type: 'password', password: 'secret'});
		const [nothing] = await startAlone('ignore').ended;
		expect(JSON.parse(nothing)).toEqual({type: 'password', password: ''});
	});

	test('a line that comes in pieces counts whole', async () => {
		const {child, ended} = startAlone('pipe');
		await once(child.stderr as Readable, 'data');
		child.stdin?.write('sec');
		await new Promise(setImmediate);
		child.stdin?.write('ret\n');
		const [output] = await ended;
		expect(JSON.parse(output)).toEqual({type: 'password', password: 'secret'});
	});

	test.each(['one\ntwo\nthree\n', 'one\ntwo'])('the next question gets the next line: %j', async input => {
		const {child, ended} = startAlone('pipe', 'again');
		child.stdin?.end(input);
		const [output] = await ended;
		expect(
			output
				.trim()
				.split('\n')
				.map(line => JSON.parse(line).password),
		).toEqual(['one', 'two']);
	});

	test('at the end of the input the next question gets nothing', async () => {
		const {child, ended} = startAlone('pipe', 'again');
		child.stdin?.end('one\n');
		const [output] = await ended;
		expect(
			output
				.trim()
				.split('\n')
				.map(line => JSON.parse(line).password),
		).toEqual(['one', '']);
	});

	test('a megabyte without a line end is one sentence', async () => {
		const {child, ended} = startAlone('pipe');
		child.stdin?.write('x'.repeat(1_000_000));
		const [output] = await ended;
		expect(JSON.parse(output)).toEqual({
			type: 'bad',
			sentence: 'the first line of standard input is no password: it is longer than 64 kB',
		});
	});

	test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it while nothing comes', async signal => {
		const {child, ended} = startAlone('pipe');
		await once(child.stderr as Readable, 'data');
		child.kill(signal);
		const [output] = await ended;
		expect(JSON.parse(output)).toEqual({type: 'cancelled', signal});
	});
});
