import process from 'node:process';
import packageJson from '../package.json' with {type: 'json'};
import type {Connect} from './ports/connect.js';
import {isFailure} from './ports/failure.js';
import {failureSentence} from './postgres/failures/errors.js';
import {startSentence} from './postgres/failures/start-sentence.js';
import {bugReport} from './run/bug-report.js';
import {equip} from './run/equip.js';
import {exitCodes, openLife} from './run/life.js';
import {openOutput} from './run/output.js';
import {runAudit} from './run/run-audit.js';
import {parseArguments} from './run/start/argv.js';
import {authorOf} from './run/start/author.js';
import {readGiven} from './run/start/given.js';
import {openTarget} from './run/start/open-target.js';
import type {Settings} from './state/state.js';
import {type Flags, options} from './tables/options.js';
import {asciiOf, isUtf8} from './terminal/drawable.js';
import {askPassword} from './terminal/password/ask-password.js';
import {sizeOf} from './terminal/tty.js';

const {stdin, stdout, stderr} = process;
const {environment: env, ...given} = readGiven(process.argv, process.env);

const drawable = isUtf8(env, process.platform) ? (text: string) => text : asciiOf;
const {print, complain} = openOutput(stdout, stderr, drawable);

const complainOfBug = (error: unknown, versions: readonly string[] = []) =>
	complain(bugReport(error, [`pgtop ${packageJson.version}`, ...versions]));

const life = openLife(error => {
	complainOfBug(error);
	process.exit(exitCodes.bug);
});

const author = authorOf(env);

async function main(): Promise<number> {
	const parsed = given.told(await parseArguments(given.words, options), options);
	switch (parsed.type) {
		case 'help':
			await print(`${parsed.text}\n`);
			return 0;
		case 'version':
			await print(`pgtop ${packageJson.version}\n`);
			return 0;
		case 'bad':
			complain(parsed.sentence);
			return exitCodes.usage;
		case 'run':
			return start(parsed.flags);
	}
}

async function start(flags: Flags): Promise<number> {
	if (flags.signals) return printSignals(flags);
	const isPlain = flags.once || !stdout.isTTY || env.TERM === 'dumb';
	if (!isPlain && !stdin.isTTY) {
		complain('standard input is no terminal: keys could not be read; --once prints one picture');
		return exitCodes.usage;
	}

	const whyNot = await runAudit(flags, env, isPlain).whyNot();
	if (whyNot !== undefined) {
		complain(whyNot);
		return exitCodes.usage;
	}

	return flags.demo ? runDemo(flags, isPlain) : run(flags, isPlain);
}

async function runDemo(flags: Flags, isPlain: boolean): Promise<number> {
	const {startDemo} = await import('./demo/demo.js');
	// The PG variables are meant for the user's own servers, and node-postgres reads them, too.
	for (const name of Object.keys(env)) if (/^PG(?!TOP_)/.test(name)) delete process.env[name];
	if (!isPlain) complain('starting a throw-away PostgreSQL');
	const starting = startDemo({binariesHint: env.PGTOP_PG_BIN, onFault: () => {}});
	const demo = await starting.catch((error: unknown) => {
		complain(error instanceof Error ? error.message : String(error));
	});
	if (!demo) return exitCodes.server;
	const {host, port, user: username, database: dbname} = demo;
	try {
		return await run({...flags, host, port: String(port), username, dbname}, isPlain);
	} finally {
		await demo.stop();
	}
}

async function run(flags: Flags, isPlain: boolean): Promise<number> {
	const login = await openTarget(flags, flags.demo ? {} : env, async question =>
		askPassword(drawable(question)),
	);
	if ('warning' in login && login.warning !== undefined) complain(login.warning);
	switch (login.type) {
		case 'bad':
			complain(login.sentence);
			return exitCodes.usage;
		case 'cancelled':
			return exitCodes[login.signal];
		case 'failed':
			complain(startSentence(login));
			return exitCodes.server;
		case 'connected': {
			const {settings, connect} = equip(flags, login, {
				version: packageJson.version,
				author,
				isPlain,
				isDrawable: text => drawable(text) === text,
			});
			return isPlain ? printOnce(connect, settings) : watch(connect, settings, flags);
		}
	}
}

async function watch(connect: Connect, settings: Settings, flags: Flags): Promise<number> {
	const {runInteractive} = await import('./run/interactive.js');
	const audit = runAudit(flags, env, false).open(author);
	const {code, lastWords, bug} = await runInteractive({
		settings,
		connect,
		audit,
		isColoured: !env.NO_COLOR,
		stdin,
		stdout,
		drawable,
		life,
	});
	for (const sentence of lastWords) complain(sentence);
	const kept = (await audit?.close()) ?? [];
	if (kept.length > 0) complain(`not written to the audit file:\n${kept.join('\n')}`);
	if (bug) complainOfBug(bug.error, bug.versions);
	return code;
}

async function printSignals(flags: Flags): Promise<number> {
	const {toldSignals} = await import('./run/told-signals.js');
	const told = await toldSignals(runAudit(flags, env, true).file, flags.auditLog !== undefined);
	if (told.type === 'failed') {
		complain(told.sentence);
		return told.code;
	}

	if (told.warning !== undefined) complain(told.warning);
	await print(told.text);
	return 0;
}

async function printOnce(connect: Connect, settings: Settings): Promise<number> {
	const {takeOnce} = await import('./run/once.js');
	const {plainText} = await import('./lines/plain.js');
	await print(
		plainText(await takeOnce(connect, settings), stdout.isTTY ? sizeOf(stdout).columns : undefined),
	);
	return 0;
}

/** Ends as the signal would have. At an exit of its own Node resets the terminal, and aborts where the terminal is gone. */
function hangUp() {
	process.removeAllListeners('SIGHUP');
	process.kill(process.pid, 'SIGHUP');
}

/** Says one sentence on a failure, or reports a fault of our own, and returns the exit code. */
function exitCodeOf(error: unknown): number {
	if (isFailure(error)) {
		complain(failureSentence(error));
		return exitCodes.server;
	}

	complainOfBug(error);
	return exitCodes.bug;
}

// A library's warning must not be written over the screen.
process.removeAllListeners('warning');
const code = await main().catch(exitCodeOf);
// The program ends here, whatever is still open.
if (code === exitCodes.SIGHUP) hangUp();
else process.exit(code);
