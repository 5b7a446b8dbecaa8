import {readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {indexOfRow} from '../../source/domain/list/row.js';
import type {Snapshot} from '../../source/domain/server/snapshot.js';
import type {AuditLine, OutcomeRecord, SignalRecord} from '../../source/domain/signal/record.js';
import {openAudit} from '../../source/files/audit/audit-file.js';
import {statusLine} from '../../source/lines/foot/status.js';
import {textOf} from '../../source/lines/line.js';
import {bottomLines} from '../../source/lines/screen.js';
import type {Connect} from '../../source/ports/server.js';
import {connect} from '../../source/postgres/connect/connect.js';
import {connectTo} from '../../source/postgres/open-server.js';
import {initialState} from '../../source/state/initial.js';
import {lookedAt} from '../../source/state/list/drawn.js';
import {frameOf} from '../../source/state/screen/frame-of.js';
import {pageOf} from '../../source/state/screen/page.js';
import type {Settings, State} from '../../source/state/state.js';
import {createEffects} from '../../source/store/effects.js';
import {createStore} from '../../source/store/store.js';
import {limit} from './limit.js';
import {targetAt} from './target.js';

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
	readonly settings?: Partial<Settings>;
	/** Shows another picture than the server's. */
	readonly showing?: (snapshot: Snapshot) => Snapshot;
};

const down = '\u001B[B';
const home = '\u001B[H';

/** The whole program but for its terminal: real server, real store, real time, keys as bytes. */
export async function startRun(cluster: {host: string; port: number}, options: Options = {}): Promise<Run> {
	const {user = 'postgres', database = 'appdb', host = cluster.host, port = cluster.port} = options;
	const target = targetAt({host, port, user, database, connectTimeoutMs: 5000});
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const settings: Settings = {
		target: `${user}@test/${database}`,
		version: '0',
		isReadOnly: false,
		isDryRun: false,
		confirm: 'auto',
		interval: 500,
		...options.settings,
	};
	const signals = settings.isReadOnly ? 'none' : settings.isDryRun ? 'dry' : 'sent';
	const {showing} = options;
	const connecting = connectTo(target, connected, {
		signals,
		sender: 'pgtop tester@test',
		nameOf: () => settings.target,
	});
	const open: Connect = async lost => {
		const server = await connecting(lost);
		return showing ? {...server, sample: async parts => showing(await server.sample(parts))} : server;
	};
	const {auditFile} = options;
	const audit =
		auditFile === undefined || settings.isDryRun
			? undefined
			: openAudit(auditFile, {osUser: 'tester', sudoUser: null, sshClient: null});
	let isOver = false;
	const effects = createEffects(await open(failure => effects.lose(failure, store.dispatch)), open, {
		redraw() {},
		suspend: async () => {},
		quit() {
			isOver = true;
		},
		audit,
	});
	const store = createStore(initialState(settings, {columns: 80, rows: 50}, performance.now()), {
		now: () => performance.now(),
		carryOut: effects.carryOut,
	});
	// Every change is a frame that is on the screen at once.
	store.subscribe(() => setImmediate(draw));
	const draw = () => {
		store.dispatch({type: 'drawn', frame: frameOf(store.getState())});
	};
	store.start();

	const state = store.getState;
	const bottom = () => bottomLines(state()).map(textOf).join('\n');
	const type = (keys: string) => store.dispatch({type: 'bytes', bytes: new TextEncoder().encode(keys)});
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
			await until(({screen}) => screen.rows.some(({backend}) => backend.pid === pid));
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
			store.stop();
			store.dispatch({type: 'leaving'});
			effects.close();
			await audit?.close();
		},
	};
}
