import {readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import type {Section} from '../../source/domain/configuration/rules.js';
import {indexOfRow} from '../../source/domain/list/row.js';
import type {Snapshot} from '../../source/domain/server/snapshot.js';
import type {AuditLine, OutcomeRecord, SignalRecord} from '../../source/domain/signal/record.js';
import {formatSql} from '../../source/format/format-sql.js';
import {statusLine} from '../../source/lines/foot/status.js';
import {textOf} from '../../source/lines/line.js';
import {bottomLines} from '../../source/lines/screen.js';
import type {Connect} from '../../source/ports/connect.js';
import {configure} from '../../source/run/configuration/configure.js';
import {equip} from '../../source/run/equip.js';
import {openLoop} from '../../source/run/loop.js';
import {runAudit} from '../../source/run/run-audit.js';
import {parseArguments} from '../../source/run/start/argv.js';
import {openTarget} from '../../source/run/start/open-target.js';
import {lookedAt} from '../../source/state/list/seats.js';
import {pageOf} from '../../source/state/screen/page.js';
import type {State} from '../../source/state/state.js';
import {options as flagTable} from '../../source/tables/options.js';
import {cleanEnvironment} from './clean-environment.js';
import {limit} from './limit.js';

export type Run = {
	state(): State;
	/** The lines under the table: a question, or status line and footer. */
	bottom(): string;
	status(): string;
	/** The overlay that is open, as text. */
	page(): string;
	/** Selects the session with the arrow keys and looks at it long enough. */
	select(pid: number): Promise<void>;
	/** Presses a key alone. */
	press(key: string): Promise<void>;
	/** Waits until the lines under the table say so. */
	says(pattern: RegExp, ms?: number): Promise<string>;
	until(condition: (state: State) => boolean, ms?: number): Promise<void>;
	/** The lines of the audit file. */
	audit(): Promise<readonly AuditLine[]>;
	signalLines(): Promise<readonly SignalRecord[]>;
	outcomeLines(): Promise<readonly OutcomeRecord[]>;
	readonly hasQuit: () => boolean;
	/** Leaves as the program does, whatever has no answer yet. */
	close(): Promise<void>;
};

type Options = {
	readonly user?: string;
	readonly database?: string;
	/** Somewhere else than the cluster: a proxy in front of it. */
	readonly host?: string;
	readonly port?: number;
	readonly auditFile?: string;
	/** What stands on the command line besides. */
	readonly flags?: readonly string[];
	/** Of the configuration file. */
	readonly sections?: readonly Section[];
	/** Shows another picture than the server's. */
	readonly showing?: (snapshot: Snapshot) => Snapshot;
};

const author = {osUser: 'tester', sudoUser: null, sshClient: null};

const down = '\u001B[B';
const home = '\u001B[H';

/** The whole program but for its terminal: real server, real store, real time, keys as bytes. */
export async function startRun(cluster: {host: string; port: number}, options: Options = {}): Promise<Run> {
	const {user = 'postgres', database = 'appdb', host = cluster.host, port = cluster.port} = options;
	const {auditFile, sections = [], showing} = options;
	const parsed = await parseArguments(
		[
			...[`--host=${host}`, `--port=${port}`, `--username=${user}`, `--dbname=${database}`, '--interval=0.5'],
			auditFile === undefined ? '--no-audit-log' : `--audit-log=${auditFile}`,
			...(options.flags ?? []),
		],
		flagTable,
	);
	if (parsed.type !== 'run') throw new Error(`these are no flags of a run: ${JSON.stringify(parsed)}`);
	const {flags} = parsed;
	const env = cleanEnvironment();
	const login = await openTarget(flags, env, async () => ({type: 'no terminal'}));
	if (login.type !== 'connected') throw new Error(`there is no connection: ${JSON.stringify(login)}`);
	const configured = await configure(flags, env);
	if (configured.type === 'bad') throw new Error(configured.sentence);
	const {settings, connect} = equip(flags, login, {
		version: '0',
		configuration: configured.configuration,
		author,
		isPlain: false,
		isAscii: false,
		isDrawable: () => true,
	});
	const open: Connect = async (...how) => {
		const server = await connect(...how);
		return showing ? {...server, sample: async (...asked) => showing(await server.sample(...asked))} : server;
	};
	const audit = runAudit(flags, env, false).open(author);
	let isOver = false;
	const loop = await openLoop({
		settings: {...settings, configuration: {...settings.configuration, sections}},
		connect: open,
		size: () => ({columns: 80, rows: 50}),
		redraw() {},
		suspend: async () => {},
		quit() {
			isOver = true;
		},
		onBug(error) {
			throw error;
		},
		copy: async () => 'terminal',
		format: async text => formatSql(text),
		audit,
	});
	// Every change is a frame that is on the screen at once.
	loop.subscribe(() => setImmediate(() => loop.drawn(loop.getState())));
	loop.start();

	const state = loop.getState;
	const bottom = () => bottomLines(state()).map(textOf).join('\n');
	const type = (keys: string) => loop.read(new TextEncoder().encode(keys));
	const until = async (condition: (state: State) => boolean, ms = limit) => {
		const end = performance.now() + ms;
		while (!condition(state())) {
			if (performance.now() > end) throw new Error(`it did not come to that:\n${bottom()}`);
			await wait(10);
		}
	};
	const lines = async (): Promise<readonly AuditLine[]> => {
		const text = auditFile === undefined ? '' : await readFile(auditFile, 'utf8').catch(() => '');
		return text
			.split('\n')
			.filter(line => line !== '')
			.map(line => JSON.parse(line) as AuditLine);
	};

	await until(({server}) => server.snapshot !== undefined);
	return {
		state,
		bottom,
		status: () => textOf(statusLine(state(), state().screen.size.columns)).trimEnd(),
		page() {
			const page = pageOf(state());
			return [
				page?.title,
				...(page?.fields ?? []).map(({name, value}) => `${name} ${value}`),
				...(page?.lines ?? []),
			].join('\n');
		},
		async select(pid) {
			const idOf = ({server}: State) => server.snapshot?.backends.find(backend => backend.pid === pid)?.id;
			await until(({screen}) => screen.rows.some(({value: backend}) => backend.pid === pid));
			type(home);
			for (let moves = indexOfRow(state().screen.rows, idOf(state())); moves > 0; moves--) type(down);
			await until(({screen}) => screen.selected === idOf(state()));
			await until(
				shown =>
					shown.screen.selected !== undefined &&
					lookedAt(shown, shown.screen.selected, performance.now()) !== undefined,
			);
		},
		async press(key) {
			// What must not come together with another key is pressed apart from it.
			await wait(70);
			type(key);
			await wait(70);
			// On a busy machine the 50 ms in which nothing else may come end together with these.
			await new Promise(setImmediate);
		},
		async says(pattern, ms) {
			await until(() => pattern.test(bottom()), ms);
			return bottom();
		},
		until,
		audit: lines,
		signalLines: async () => (await lines()).filter(line => line.event === 'signal'),
		outcomeLines: async () => (await lines()).filter(line => line.event === 'outcome'),
		hasQuit: () => isOver,
		async close() {
			loop.end();
			await audit?.close();
		},
	};
}
