import process from 'node:process';
import type {ReadStream, WriteStream} from 'node:tty';
import {isAlwaysReadOnly} from '../domain/configuration/always-read-only.js';
import type {ChosenFilter} from '../domain/list/filter/chosen-filter.js';
import {clean} from '../domain/text/clean.js';
import {openFormatter} from '../format/formatter.js';
import type {Author} from '../ports/audit.js';
import type {Connect} from '../ports/connect.js';
import {startSentence} from '../postgres/failures/start-sentence.js';
import {isFilterSlow} from '../state/find/filter-sentence.js';
import type {RunSettings} from '../state/state.js';
import {type Flags, optionFlag, options} from '../tables/options.js';
import {openClipboard} from '../terminal/clipboard/clipboard.js';
import {coloursIn} from '../terminal/colours-in.js';
import {hasSigns} from '../terminal/drawable.js';
import {askPassword} from '../terminal/password/ask-password.js';
import {sizeOf} from '../terminal/size-of.js';
import {type Configured, configure} from './configuration/configure.js';
import type {Cause} from './end/cause.js';
import type {Life} from './end/life.js';
import {equip} from './equip.js';
import type {Output} from './output.js';
import {runAudit} from './run-audit.js';
import {configFor, configWithoutServer} from './show-config.js';
import {parseArguments} from './start/argv.js';
import {authorOf} from './start/author.js';
import type {Given} from './start/given.js';
import {openTarget} from './start/open-target.js';
import {typedFilter} from './start/typed-filter.js';

/** What the program was given, and what it runs on. */
export type Program = Output & {
	readonly version: string;
	readonly given: Given;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly stderr: WriteStream;
	/** Makes of any text what the terminal can draw. */
	readonly drawable: (text: string) => string;
	readonly life: Life;
};

const done: Cause = {type: 'done'};

/** Does what the program was called for. Returns what ends it; nothing while a screen is open, which ends by `life`. Rejects with a `Failure`, too. */
export async function runProgram(program: Program): Promise<Cause | undefined> {
	const {given, print, version} = program;
	const parsed = given.told(await parseArguments(given.words, options), options);
	switch (parsed.type) {
		case 'help':
			await print(`${parsed.text}\n`);
			return done;
		case 'version':
			await print(`pgtop ${version}\n`);
			return done;
		case 'bad':
			return {type: 'usage', sentence: parsed.sentence};
		case 'run':
			return start(program, parsed.flags);
	}
}

/** What a run against a server is told. */
type Told = {
	readonly flags: Flags;
	readonly configured: Configured;
	readonly isPlain: boolean;
	readonly filter?: ChosenFilter;
};

async function start(program: Program, flags: Flags): Promise<Cause | undefined> {
	const {given, stdin, stdout} = program;
	const {environment} = given;
	if (flags.signals) return printSignals(program, flags);
	const isPlain = flags.once || flags.showConfig || !stdout.isTTY || environment.TERM === 'dumb';
	if (!isPlain && !stdin.isTTY)
		return {
			type: 'usage',
			sentence: 'standard input is no terminal: keys could not be read; --once prints one picture',
		};
	const configured = await configure(flags, environment);
	if (configured.type === 'bad') return {type: 'usage', sentence: configured.sentence};
	const typed = typedFilter(flags);
	if (typed.type === 'bad') return {type: 'usage', sentence: typed.sentence};
	const {filter} = typed;
	const told = {flags, configured, isPlain, ...(filter && {filter})};
	const whyNot = await runAudit(sendingFlags(told), environment, isPlain).whyNot();
	if (whyNot !== undefined) return {type: 'usage', sentence: whyNot};
	return flags.demo ? runDemo(program, told) : run(program, told);
}

/** Where the configuration lets no server have a signal, it is as if --read-only were typed. */
const sendingFlags = ({flags, configured: {configuration}}: Told): Flags => ({
	...flags,
	readOnly: isAlwaysReadOnly(configuration),
});

async function runDemo(program: Program, told: Told): Promise<Cause | undefined> {
	const {given, complain, life} = program;
	const {environment} = given;
	const {startDemo} = await import('../demo/demo.js');
	// The PG variables are meant for the user's own servers, and node-postgres reads them, too.
	for (const name of Object.keys(environment)) if (/^PG(?!TOP_)/.test(name)) delete process.env[name];
	if (!told.isPlain) complain('starting a throw-away PostgreSQL');
	const demo = await startDemo({binariesHint: environment.PGTOP_PG_BIN, onFault: () => {}}).catch(
		(error: unknown): Cause => ({
			type: 'failure',
			sentence: clean(error instanceof Error ? error.message : String(error)),
		}),
	);
	if ('type' in demo) return demo;
	life.hold({demo});
	const {host, port, user: username, database: dbname} = demo;
	const flags = {...told.flags, host, port: String(port), username, dbname};
	return run(program, {...told, flags});
}

async function run(program: Program, told: Told): Promise<Cause | undefined> {
	const {version, given, complain, drawable} = program;
	const {flags, configured, isPlain} = told;
	const login = await openTarget(
		flags,
		flags.demo ? {} : given.environment,
		async question => askPassword(drawable(question)),
		isPlain || !process.stderr.isTTY ? undefined : complain,
	);
	if ('warning' in login && login.warning !== undefined) complain(login.warning);
	switch (login.type) {
		case 'bad':
			return {type: 'usage', sentence: login.sentence};
		case 'cancelled':
			return {type: 'signal', signal: login.signal};
		case 'failed':
			if (flags.showConfig) await program.print(configWithoutServer(configured, login.target));
			return {type: 'failure', sentence: startSentence(login)};
		case 'connected': {
			const {configuration} = configured;
			const author = authorOf(given.environment);
			const isDrawable = (text: string) => drawable(text) === text;
			const isAscii = !hasSigns(given.environment, process.platform);
			const {filter} = told;
			const how = {version, configuration, filter, author, isPlain, isAscii, isDrawable};
			const {settings, connect} = equip(sendingFlags(told), login, how);
			if (flags.showConfig) {
				await program.print(await configFor(connect, configured, settings.target));
				return done;
			}

			return isPlain
				? printOnce(program, connect, settings)
				: watch(program, connect, settings, told, author);
		}
	}
}

async function watch(
	program: Program,
	connect: Connect,
	settings: RunSettings,
	told: Told,
	author: Author,
): Promise<undefined> {
	const {given, stdin, stdout, stderr, drawable, life} = program;
	const {environment} = given;
	const {runInteractive} = await import('./screen/interactive.js');
	await runInteractive({
		settings,
		connect,
		audit: runAudit(sendingFlags(told), environment, false).open(author),
		colours: coloursIn(environment, told.configured.theme.value),
		copy: openClipboard({environment, terminal: stdout}),
		// It stands beside the built program.
		format: openFormatter(new URL('./format.js', import.meta.url)),
		stdin,
		stdout,
		stderr,
		drawable,
		life,
	});
}

async function printSignals({given, print, complain}: Program, flags: Flags): Promise<Cause> {
	const {toldSignals} = await import('./told-signals.js');
	const told = await toldSignals(runAudit(flags, given.environment, true).file, flags.auditLog !== undefined);
	if (told.type !== 'told') return told;
	if (told.warning !== undefined) complain(told.warning);
	await print(told.text);
	return done;
}

async function printOnce({print, stdout}: Program, connect: Connect, settings: RunSettings): Promise<Cause> {
	const {takeOnce} = await import('./once.js');
	const {plainText} = await import('../lines/plain.js');
	const taken = await takeOnce(connect, settings);
	await print(plainText(taken, stdout.isTTY ? sizeOf(stdout).columns : undefined));
	// What is printed is less than what was asked for, and a script must not take it for all.
	return isFilterSlow(taken)
		? {type: 'failure', sentence: `the regex of ${optionFlag('filter')} was stopped after 20 ms`}
		: done;
}
