import {execFileSync} from 'node:child_process';
import {getEventListeners} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdtemp, open, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {connect} from '../../../source/postgres/connect/connect.js';
import type {Attempt} from '../../../source/postgres/connect/connect-target.js';
import {lookUpHost} from '../../../source/postgres/connect/look-up-host.js';
import {connectTo} from '../../../source/postgres/open-server.js';
import {limit} from '../../helpers/limit.js';
import {startLiar} from '../../helpers/network/liar.js';
import {cleartext, hello, ready, welcome} from '../../helpers/network/messages.js';
import {attemptAt, targetAt} from '../../helpers/server/target.js';

const begun = Buffer.concat([welcome, ready]);
/** Nobody tells its address, or that it has none. */
const nowhere = 'db1.example';
const silence = Buffer.alloc(0);
const options = {signals: 'none', sender: 'pgtop'} as const;

/** Vitest's own limit is a second: as long as a busy machine may take to start a process. */
const until = async (condition: () => unknown) => vi.waitUntil(condition, {timeout: limit});

/** Without a limit, what hangs hangs for ever. */
const patient = (given: Partial<Attempt>) => targetAt({host: '127.0.0.1', connectTimeoutMs: 0, ...given});

async function logIn(port: number) {
	const connected = await connect(patient({port}));
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	return connected;
}

/** A program's second connection, to this target, which is tried until `end`. */
async function startTry(given: Partial<Attempt>) {
	const usual = await startLiar(begun, hello);
	const connectAgain = connectTo(patient(given), await logIn(usual.port), options);
	const told: string[] = [];
	const over = new AbortController();
	const lost = ({sentence}: {readonly sentence: string}) => told.push(sentence);
	await connectAgain(lost, over.signal);
	const outcome = connectAgain(lost, over.signal).then(
		() => 'connected',
		() => 'ended',
	);
	return {outcome, end: () => over.abort(), told};
}

test.each<[what: string, answers: readonly Buffer[], heard: string]>([
	['that accepts a connection and says nothing', [silence], 'application_name'],
	['that asks for a password and says no more', [cleartext, silence], 'geheim'],
	['that stops in the middle of its welcome', [welcome, silence], 'application_name'],
	['that lets in and answers nothing', [begun, silence], 'show server_version'],
])('the end of the program ends a try at a server %s', async (_, answers, heard) => {
	const liar = await startLiar(...answers);
	const {outcome, end, told} = await startTry({port: liar.port, password: 'geheim'});
	await until(() => liar.heard().includes(heard));
	expect(liar.open()).toBe(1);

	end();

	expect(await outcome).toBe('ended');
	await until(() => liar.open() === 0);
	expect(told).toEqual([]);
});

test('the end of the program ends the first connection, too, which is logged in and asks', async () => {
	const liar = await startLiar(begun, silence);
	const over = new AbortController();
	const lost = vi.fn();
	const opened = connectTo(patient({port: liar.port}), await logIn(liar.port), options)(lost, over.signal);
	await until(() => liar.heard().includes('show server_version'));
	over.abort();
	await expect(opened).rejects.toBeDefined();
	await until(() => liar.open() === 0);
	expect(lost).not.toHaveBeenCalled();
});

test('the end of the program ends a try that waits for the password command, and the command', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	onTestFinished(async () => rm(folder, {recursive: true}));
	const file = join(folder, 'pid');
	const liar = await startLiar(cleartext, silence);
	const passwordCommand = `echo $$ >${file}.new; mv ${file}.new ${file}; exec sleep 600`;
	const {outcome, end} = await startTry({port: liar.port, passwordCommand});
	await until(() => existsSync(file));
	end();
	expect(await outcome).toBe('ended');
	const command = `/proc/${(await readFile(file, 'utf8')).trim()}/cmdline`;
	await until(async () => (await readFile(command, 'utf8').catch(() => '')) === '');
	await until(() => liar.open() === 0);
});

test('a try that begins when the program has ended opens nothing', async () => {
	const liar = await startLiar(begun, hello);
	const over = new AbortController();
	const connectAgain = connectTo(patient({port: liar.port}), await logIn(liar.port), options);
	await connectAgain(() => {}, over.signal);
	over.abort();
	await expect(connectAgain(() => {}, over.signal)).rejects.toBeDefined();
	expect(liar.open()).toBe(1);
});

/** Certificates in a pipe that nobody writes to. */
async function tlsInPipe() {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const file = join(folder, 'root.crt');
	execFileSync('mkfifo', [file]);
	onTestFinished(async () => {
		// Whoever still waits for somebody to write goes on.
		await (await open(file, 'r+')).close();
		await rm(folder, {recursive: true});
	});
	return {...attemptAt().tls, mode: 'verify-ca' as const, rootFile: file};
}

test('a file that does not come in time is not taken for a server that does not answer', async () => {
	const liar = await startLiar(begun, hello);
	const target = targetAt({
		host: '127.0.0.1',
		port: liar.port,
		connectTimeoutMs: 100,
		tls: await tlsInPipe(),
	});
	expect(await connect(target)).toMatchObject({
		fault: {sentence: 'the certificate files could not be read in time'},
	});
	expect(liar.heard()).toBe('');
});

test('the end of the program ends a try that waits for a file, and no connection is opened', async () => {
	const tls = await tlsInPipe();
	const liar = await startLiar(begun, hello);
	const {outcome, end} = await startTry({port: liar.port, tls});
	end();
	expect(await outcome).toBe('ended');
	expect(liar.heard()).toBe('');
});

test('the end of the program ends a try that looks for the address of a host, and the look-up itself', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const [file, sleeper, usual] = [join(folder, 'pid'), join(folder, 'sleeper'), process.execPath];
	// In the place of Node.js: what looks the host up has a process of its own.
	await writeFile(sleeper, `#!/bin/sh\necho $$ >${file}.new; mv ${file}.new ${file}; exec sleep 600\n`, {
		mode: 0o755,
	});
	onTestFinished(async () => {
		process.execPath = usual;
		await rm(folder, {recursive: true});
	});
	process.execPath = sleeper;
	const {outcome, end, told} = await startTry({host: nowhere, port: 5432});
	await until(() => existsSync(file));
	end();
	expect(await outcome).toBe('ended');
	expect(told).toEqual([]);
	const command = `/proc/${(await readFile(file, 'utf8')).trim()}/cmdline`;
	await until(async () => (await readFile(command, 'utf8').catch(() => '')) === '');
});

describe('a look-up in a process of its own', () => {
	const {signal} = new AbortController();

	test('finds what Node.js finds by itself', async () => {
		expect(await lookUpHost('localhost', signal)).toEqual(await lookUpHost('localhost', undefined));
	});

	test.each([nowhere, '', '-e', "';process.exit()//", 'x'.repeat(300), 'a\0b', 'a\uDCFFb'])(
		'fails as one of Node.js does: %j',
		async host => {
			const failed = ({code, syscall, message}: Record<string, unknown>) => ({code, syscall, message});
			const own = await lookUpHost(host, undefined).catch(failed);
			expect(await lookUpHost(host, signal).catch(failed)).toEqual(own);
		},
	);

	test.each([
		['no process can be started', '/nowhere/node'],
		['the system refuses a process for another reason', '/dev/null/node'],
		['the process says nothing', '/usr/bin/true'],
		['the process says something else', '/bin/echo'],
	])('is one of our own where %s, and nothing is left of it', async (_, path) => {
		const usual = process.execPath;
		onTestFinished(() => {
			process.execPath = usual;
		});
		process.execPath = path;
		expect(await lookUpHost('localhost', signal)).toEqual(await lookUpHost('localhost', undefined));
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});
