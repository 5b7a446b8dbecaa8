import {homedir, hostname, userInfo} from 'node:os';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import packageJson from '../package.json' with {type: 'json'};
import {parseArguments} from './argv.js';
import type {Audit} from './audit.js';
import {parts} from './domain/snapshot.js';
import {openAudit} from './files/audit-file.js';
import {auditPath} from './files/audit-path.js';
import {openTarget} from './run/open-target.js';
import type {Flags} from './options.js';
import {plainText} from './plain.js';
import {askPassword} from './postgres/connect/prompt.js';
import {type Attempt, describeAttempt} from './postgres/connect/target.js';
import {connectTo, sentenceOf} from './postgres/open-server.js';
import type {Connect, Failure} from './server.js';

const {argv, env, stdin, stdout, stderr} = process;

/** Exit codes: 1 the server, 2 the way pgtop was called, 128 and more a signal. */
const exitCodes = {server: 1, usage: 2, SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/** How long a picture waits for the one before it, that rates need, in milliseconds. */
const betweenPictures = 500;

type Run = Omit<Flags, 'help' | 'version'>;

const complain = (sentence: string) => void stderr.write(`pgtop: ${sentence}\n`);

/** A container's process may run under a number that has no account. */
function osUser(): string {
	try {
		return userInfo().username;
	} catch {
		return String(process.getuid?.() ?? '');
	}
}

/** Who sends a signal, for the comment in front of it in the server's log. */
const sender = () => `pgtop-${osUser()}@${hostname()}`.replaceAll(/[^\w.@-]/g, '').slice(0, 64);

async function main(): Promise<number> {
	const parsed = await parseArguments(argv.slice(2));
	switch (parsed.type) {
		case 'help':
			stdout.write(`${parsed.text}\n`);
			return 0;
		case 'version':
			stdout.write(`pgtop ${packageJson.version}\n`);
			return 0;
		case 'bad':
			complain(parsed.sentence);
			return exitCodes.usage;
		case 'run':
			return start(parsed.flags);
	}
}

async function start(flags: Run): Promise<number> {
	if (flags.signals) return printSignals(flags);
	const isPlain = flags.once || !stdout.isTTY;
	if (!isPlain && !stdin.isTTY) {
		complain('standard input is no terminal: keys could not be read; --once prints one picture');
		return exitCodes.usage;
	}

	return flags.demo ? runDemo(flags, isPlain) : run(flags, isPlain);
}

async function runDemo(flags: Run, isPlain: boolean): Promise<number> {
	const {startDemo} = await import('./demo/demo.js');
	if (!isPlain) stderr.write('pgtop: starting a throw-away PostgreSQL\n');
	try {
		const demo = await startDemo({binariesHint: env.PGTOP_PG_BIN, onFault: () => {}});
		const {host, port, user: username, database: dbname} = demo;
		try {
			return await run({...flags, host, port: String(port), username, dbname}, isPlain);
		} finally {
			await demo.stop();
		}
	} catch (error) {
		complain(error instanceof Error ? error.message : String(error));
		return exitCodes.server;
	}
}

async function run(flags: Run, isPlain: boolean): Promise<number> {
	// What the environment says is meant for the user's own servers.
	const login = await openTarget(flags, flags.demo ? {} : env, askPassword);
	if ('warning' in login && login.warning !== undefined) complain(login.warning);
	switch (login.type) {
		case 'bad':
			complain(login.sentence);
			return exitCodes.usage;
		case 'cancelled':
			return exitCodes[login.signal];
		case 'failed':
			complain(sentenceOf(login.fault));
			return exitCodes.server;
		case 'connected': {
			const signals = flags.readOnly || isPlain ? 'none' : flags.dryRun ? 'dry' : 'sent';
			const nameOf = (attempt: Attempt) => (flags.demo ? 'demo' : describeAttempt(attempt));
			const connect = connectTo(login.target, login, {signals, sender: sender(), nameOf});
			const target = nameOf(login.attempt);
			return isPlain ? printOnce(connect, target, flags) : watch(connect, target, flags);
		}
	}
}

async function watch(connect: Connect, target: string, flags: Run): Promise<number> {
	const {runInteractive} = await import('./run/interactive.js');
	const {interval, readOnly: isReadOnly, dryRun: isDryRun, confirm} = flags;
	const settings = {
		target,
		version: packageJson.version,
		isReadOnly,
		isDryRun,
		confirm,
		interval: interval * 1000,
	};
	const audit = auditFor(flags);
	const {code, lastWords} = await runInteractive({
		settings,
		connect,
		audit,
		isColoured: !env.NO_COLOR,
		stdin,
		stdout,
	});
	for (const sentence of lastWords) complain(sentence);
	const kept = (await audit?.close()) ?? [];
	if (kept.length > 0) stderr.write(`pgtop: not written to the audit file:\n${kept.join('\n')}\n`);
	return code;
}

const auditFile = ({auditLog}: Run) => auditLog ?? auditPath(env, homedir());

function auditFor(flags: Run): Audit | undefined {
	// The demo's sessions are nobody's, and no record of what was done to a server.
	if (flags.withoutAuditLog || flags.dryRun || (flags.demo && flags.auditLog === undefined)) return undefined;
	const sshClient = env.SSH_CONNECTION?.split(' ')[0] ?? null;
	return openAudit(auditFile(flags), {osUser: osUser(), sshClient});
}

async function printSignals(flags: Run): Promise<number> {
	const {report} = await import('./files/report.js');
	try {
		await write(await report(auditFile(flags)));
		return 0;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			await write('no signals were written yet\n');
			return 0;
		}

		complain(`the audit file can't be read: ${error instanceof Error ? error.message : String(error)}`);
		return exitCodes.server;
	}
}

async function printOnce(connect: Connect, target: string, {readOnly: isReadOnly}: Run): Promise<number> {
	const server = await connect(() => {});
	const before = await server.sample();
	// Without them no row is marked, and all else is there.
	const rights = await server.rights().catch(() => undefined);
	await wait(betweenPictures);
	const snapshot = await server.sample(parts.filter(part => before.missing.every(one => one.part !== part)));
	server.close();
	const width = stdout.isTTY ? stdout.columns : undefined;
	await write(plainText({target, before, snapshot, rights, isReadOnly, width}));
	return 0;
}

/** A reader that has gone, as `head`, is a quiet end. */
const write = (text: string) =>
	new Promise<void>((resolve, reject) => {
		stdout.on('error', error => ('code' in error && error.code === 'EPIPE' ? resolve() : reject(error)));
		stdout.write(text, () => resolve());
	});

const isFailure = (error: unknown): error is Failure =>
	typeof error === 'object' && error !== null && 'sentence' in error;

/** Ends as the signal would have: at its own end Node resets the terminal, and aborts where that is gone. */
function hangUp() {
	process.removeAllListeners('SIGHUP');
	process.kill(process.pid, 'SIGHUP');
}

// What a library has to warn of must not be written over the screen.
process.removeAllListeners('warning');
try {
	process.exitCode = await main();
	if (process.exitCode === exitCodes.SIGHUP) hangUp();
} catch (error) {
	if (!isFailure(error)) throw error;
	complain(error.sentence);
	process.exitCode = exitCodes.server;
}
