import {existsSync, readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {runPasswordCommand} from '../../../../source/postgres/connect/password/password-command.js';
import {limit} from '../../../helpers/limit.js';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-'));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const never = new AbortController().signal;
const run = async (command: string, milliseconds = limit) => runPasswordCommand(command, milliseconds, never);

test.each<[what: string, command: string, password: string]>([
	['the first line of it', 'echo secret; echo more', 'secret'],
	['a line without its end', 'printf secret', 'secret'],
	['a line of Windows', String.raw`printf 'secret\r\n'`, 'secret'],
	['blanks, which count', "echo ' secret '", ' secret '],
	['letters of any language', 'echo пароль', 'пароль'],
	['what stands before a zero byte', String.raw`printf 'secret\0more\n'`, 'secret'],
	['what pipes and quotes make', `echo "terces" | rev 2>/dev/null || echo secret`, 'secret'],
	['nothing of what it complains of', 'echo careful >&2; echo secret', 'secret'],
])('what a command writes is the password: %s', async (_, command, password) => {
	expect(await run(command)).toEqual({type: 'password', password});
});

test.each<[command: string, why: string]>([
	['exit 3', 'ended with exit code 3'],
	['echo secret; exit 3', 'ended with exit code 3'],
	['echo secret; echo expired >&2; echo more >&2; exit 1', 'ended with exit code 1: expired'],
	[String.raw`printf '\033[2Jno \007way\n' >&2; exit 1`, 'ended with exit code 1: ␛[2Jno ␇way'],
	['kill -TERM $$', 'was ended by SIGTERM'],
	['true', 'wrote no password'],
	['echo', 'wrote no password'],
	['echo; echo secret', 'wrote no password'],
	['cat', 'wrote no password'],
	['yes', 'wrote more than 64 kB'],
])('of one that fails there is a reason without what it wrote: %s', async (command, why) => {
	expect(await run(command)).toEqual({type: 'failed', why});
});

test('a long complaint is cut', async () => {
	const given = await run('yes no | head -c 100000 | tr "\\n" " " >&2; exit 1');
	expect(given).toMatchObject({
		type: 'failed',
		why: expect.stringMatching(/^ended with exit code 1: (?:no ){30,60}/),
	});
	expect(JSON.stringify(given).length).toBeLessThan(200);
});

test('it has no terminal to write to or to read from', async () => {
	expect(await run('(: >/dev/tty) 2>/dev/null && echo a terminal; echo none')).toEqual({
		type: 'password',
		password: 'none',
	});
});

/** One that has ended may wait for a parent who asks how. */
const isThere = (pid: number) => {
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
};

/** A command that hangs in a process of its own, and writes that one's pid to a file. */
const hanging = (file: string) => `sleep 600 & echo $! >${file}.new; mv ${file}.new ${file}; wait`;

const pidIn = async (file: string) => {
	await vi.waitUntil(() => existsSync(file), {timeout: limit});
	return Number(await readFile(file, 'utf8'));
};

test('one that takes too long ends with all that it has started', async () => {
	const file = join(folder, 'late');
	const given = run(hanging(file), 2000);
	const pid = await pidIn(file);
	expect(await given).toEqual({type: 'failed', why: 'did not end within 2s'});
	await vi.waitUntil(() => !isThere(pid), {timeout: limit});
});

test('one that nobody waits for any more ends, too', async () => {
	const file = join(folder, 'over');
	const over = new AbortController();
	const given = runPasswordCommand(hanging(file), limit, over.signal);
	const pid = await pidIn(file);
	over.abort();
	expect(await given).toMatchObject({type: 'failed'});
	await vi.waitUntil(() => !isThere(pid), {timeout: limit});
});
