import {execFile} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir, userInfo} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {cleanEnvironment} from '../helpers/clean-environment.js';
import {limit} from '../helpers/limit.js';
import {program, start, type Terminal} from '../helpers/terminal/terminal.js';
import {inShell, press, select, setStage, sleep} from './stage.js';

let folder: string;
let file: string;
let terminal: Terminal | undefined;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
	file = join(folder, 'signals.jsonl');
});

afterEach(async () => {
	await terminal?.end();
	terminal = undefined;
	await rm(folder, {recursive: true});
});

/** In a terminal, until the program has ended: with all that stands there then. */
async function ends(args: readonly string[]): Promise<string> {
	// Nobody listens there: whoever asks for the server is told so.
	terminal = start(['-h', folder, ...args], {under: inShell(), columns: 200});
	await terminal.until(/^exit \d+/);
	const text = terminal.screen().join('\n').trim();
	await terminal.end();
	return text;
}

describe('a file that was named is looked at before anything else', () => {
	test.each<[what: string, why: string, make: () => Promise<unknown>]>([
		[
			'that others may write',
			'may be written by others (chmod 600 makes it private)',
			async () => {
				await writeFile(file, '');
				await chmod(file, 0o666);
			},
		],
		['that is a link', 'is a link', async () => symlink('target', file)],
	])('one %s: a sentence, and exit code 2', async (_, why, make) => {
		await make();
		const before = await readdir(folder);
		const expected = `pgtop: the audit file can't be written: ${file} ${why}\nexit 2`;
		expect(await ends([`--audit-log=${file}`])).toBe(expected);
		expect(await ends([`--audit-log=${file}`, '--demo'])).toBe(expected);
		expect(await readdir(folder)).toEqual(before);
	});

	test('one in a folder that is not there: a sentence, exit code 2, and no folder', async () => {
		file = join(folder, 'none', 'signals.jsonl');
		expect(await ends([`--audit-log=${file}`])).toBe(
			`pgtop: the audit file can't be written: ${file} stands in a directory that is not there\nexit 2`,
		);
		expect(await readdir(folder)).toEqual([]);
	});

	test.each([['--read-only'], ['--dry-run'], ['--once'], ['--no-audit-log']])(
		'but not with %s, which writes none',
		async flag => {
			await symlink('target', file);
			expect(await ends([`--audit-log=${file}`, flag])).toMatch(/^pgtop: (?!the audit file).*\nexit 1$/);
		},
	);

	test('one that is not there yet is made when there is something to write', async () => {
		expect(await ends([`--audit-log=${file}`])).toMatch(/^pgtop: (?!the audit file).*\nexit 1$/);
		expect(await readdir(folder)).toEqual([]);
	});
});

type Ended = {readonly code: number; readonly stdout: string; readonly stderr: string};

const signals = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
	new Promise(resolve => {
		execFile(
			process.execPath,
			[program, '--signals', ...args],
			{env: {...cleanEnvironment(), ...env}, timeout: limit},
			(error, stdout, stderr) => resolve({code: error ? Number(error.code ?? -1) : 0, stdout, stderr}),
		);
	});

describe('--signals', () => {
	test('of the usual place, where nothing is yet: nothing was written', async () => {
		expect(await signals([], {XDG_STATE_HOME: folder})).toEqual({
			code: 0,
			stdout: `no signals were written to ${join(folder, 'pgtop', 'signals.jsonl')} yet\n`,
			stderr: '',
		});
	});

	test('of an empty file: the same', async () => {
		await writeFile(file, '');
		expect(await signals([`--audit-log=${file}`])).toEqual({
			code: 0,
			stdout: `no signals were written to ${file} yet\n`,
			stderr: '',
		});
	});

	test('of another file: a mistake in the arguments, and of the usual one in the folder', async () => {
		await writeFile(file, 'root:x:0:0\n');
		expect(await signals([`--audit-log=${file}`])).toEqual({
			code: 2,
			stdout: '',
			stderr: `pgtop: no line of ${file} is a signal of pgtop's\n`,
		});
		const usual = join(folder, 'pgtop', 'signals.jsonl');
		await mkdir(dirname(usual));
		await writeFile(usual, 'root:x:0:0\n');
		expect(await signals([], {XDG_STATE_HOME: folder})).toEqual({
			code: 1,
			stdout: '',
			stderr: `pgtop: no line of ${usual} is a signal of pgtop's\n`,
		});
	});

	test('of a device that never ends: a sentence at once', async () => {
		expect(await signals(['--audit-log=/dev/zero'])).toEqual({
			code: 2,
			stdout: '',
			stderr: "pgtop: the audit file can't be read: /dev/zero is a device\n",
		});
	});

	test('of a file that was named and is not there: a mistake in the arguments', async () => {
		expect(await signals([`--audit-log=${file}`])).toEqual({
			code: 2,
			stdout: '',
			stderr: `pgtop: there is no audit file ${file}\n`,
		});
	});

	test('of what can not be read: a sentence, without an error number', async () => {
		expect(await signals([`--audit-log=${folder}`])).toEqual({
			code: 2,
			stdout: '',
			stderr: `pgtop: the audit file can't be read: ${folder} is a directory\n`,
		});
		await writeFile(file, '');
		expect(await signals([], {XDG_STATE_HOME: file})).toMatchObject({
			code: 1,
			stderr: expect.stringMatching(
				/^pgtop: the audit file can't be read: .* stands below what is no directory\n$/,
			),
		});
	});

	test('of a file that others may write: all of it, and a word of warning', async () => {
		const line = {event: 'signal', id: '1', time: '', osUser: 'anna', server: 'h', signal: 'cancel', pid: 5};
		await writeFile(file, JSON.stringify(line), {mode: 0o644});
		const stdout = expect.stringMatching(/^TIME .*\n.* anna .*\n$/);
		expect(await signals([`--audit-log=${file}`])).toEqual({code: 0, stdout, stderr: ''});
		await chmod(file, 0o664);
		const why = 'may be written by others (chmod 600 makes it private)';
		expect(await signals([`--audit-log=${file}`])).toEqual({
			code: 0,
			stdout,
			stderr: `pgtop: others may have written these lines: ${file} ${why}\n`,
		});
		await writeFile(file, '');
		expect(await signals([`--audit-log=${file}`])).toEqual({
			code: 0,
			stdout: `no signals were written to ${file} yet\n`,
			stderr: `pgtop: others may have emptied it: ${file} ${why}\n`,
		});
		await chmod(file, 0o644);
		await symlink(file, `${file}-link`);
		expect((await signals([`--audit-log=${file}-link`])).stderr).toBe(
			`pgtop: others may have emptied it: ${file}-link is a link\n`,
		);
	});
});

describe('who it was', () => {
	const stage = setStage(process.execPath, {isCleared: true});

	test('is also who called sudo: in the file, in its table and in the log of the server', async () => {
		const victim = await stage.open(sleep);
		const {host, port} = stage.cluster;
		const env = {SUDO_USER: 'anna*/\u001B', XDG_STATE_HOME: join(folder, 'state')};
		terminal = start(['-h', host, '-p', String(port), '-U', 'postgres', '-d', 'appdb'], {env});
		await terminal.until('PRIMARY');
		await select(terminal, victim.pid);
		await press(terminal, 'k', new RegExp(`^${victim.pid} ended \\d\\.\\ds after k`));
		await terminal.end();

		const {username} = userInfo();
		const usual = join(folder, 'state', 'pgtop', 'signals.jsonl');
		const [line = ''] = (await readFile(usual, 'utf8')).split('\n');
		expect(JSON.parse(line)).toMatchObject({pid: victim.pid, osUser: username, sudoUser: 'anna*/␛'});
		const {stdout} = await signals([], {XDG_STATE_HOME: join(folder, 'state')});
		expect(stdout).toContain(` ${username} (sudo: anna*/␛)  postgres@`);
		const log = await readFile(stage.cluster.log, 'utf8');
		expect(log).toMatch(new RegExp(`/\\* pgtop-anna-as-${username}@[\\w.-]+ \\*/`));
	});
});
