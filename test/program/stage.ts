import {readFile} from 'node:fs/promises';
import {afterAll, afterEach, beforeAll, describe} from 'vitest';
import type {Binaries} from '../../source/demo/launch/binaries-in.js';
import {letIn, startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {newest} from '../helpers/server/servers.js';
import {openSession, type Session, type SessionOptions} from '../helpers/session/session.js';
import {nodes, type StartOptions, start, type Terminal} from '../helpers/terminal/terminal.js';

export const up = '\u001B[A';
export const down = '\u001B[B';
export const home = '\u001B[H';
export const end = '\u001B[F';

/** For sessions that shall have something to end. */
export const sleep = 'select pg_sleep(600)';

type PlayOptions = Omit<StartOptions, 'node'> & {
	readonly user?: string;
	readonly database?: string;
	readonly args?: readonly string[];
};

/** A server, sessions on it and terminals that show it. */
export type Stage = {
	readonly cluster: TestCluster;
	/** The program with the way to the server as its arguments, refreshing as often as it can. */
	play(options?: PlayOptions): Terminal;
	/** The same, once it shows its first picture. */
	watch(options?: PlayOptions): Promise<Terminal>;
	/** A session that has begun this statement: those that sleep stand in the order in which they were opened. */
	open(statement: string, options?: SessionOptions): Promise<Session>;
	/** From now on a role's login goes by this method; anyone else's goes without one. */
	letIn(user: string, method: string): Promise<void>;
	/** How often the program asked the server for a signal: its comment stands in front of each, and of nothing else. */
	signalsSent(): Promise<number>;
};

type Differs = {
	/** Of the server, besides the usual ones. */
	readonly settings?: Readonly<Record<string, string>>;
	readonly binaries?: Binaries;
	/** Terminals and sessions end with their test, and no other one runs at the same time. */
	readonly isCleared?: true;
};

/** One server for the tests of a describe: there are hooks in it, and it can be used in tests and in hooks that come later. */
export function setStage(node: string, {settings = {}, binaries = newest, isCleared}: Differs = {}): Stage {
	let cluster: TestCluster;
	const terminals: Terminal[] = [];
	const endTerminals = async () => {
		await Promise.all(terminals.splice(0).map(async terminal => terminal.end()));
	};

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {log_statement: 'all', ...settings}});
		// The observer's session: those who ask for it first at the same time would open several.
		await cluster.observe('select 1');
	});

	afterEach(async () => {
		if (!isCleared) return;
		await endTerminals();
		await cluster.observe(`
			select pg_terminate_backend(pid, 5000) from pg_stat_get_activity(null)
			where backend_type = 'client backend' and pid <> pg_backend_pid()`);
	});

	afterAll(async () => {
		await endTerminals();
		await cluster?.stop();
	});

	const stage: Stage = {
		get cluster() {
			return cluster;
		},
		play({user = 'postgres', database = 'appdb', args = [], ...options} = {}) {
			const way = ['-h', cluster.host, '-p', String(cluster.port), '-U', user, '-d', database];
			// The audit file has tests of its own, and a slow disk must not ask questions in these.
			const terminal = start([...way, '--interval', '0.5', '--no-audit-log', ...args], {...options, node});
			terminals.push(terminal);
			return terminal;
		},
		async watch(options) {
			const terminal = stage.play(options);
			await terminal.until('PRIMARY');
			return terminal;
		},
		async open(statement, options) {
			const session = await openSession(cluster, options);
			const running = session.start(statement);
			await (statement === sleep ? session.untilActive() : running);
			return session;
		},
		letIn: async (user, method) => letIn(cluster, user, method),
		signalsSent: async () => (await readFile(cluster.log, 'utf8')).split('/* pgtop-').length - 1,
	};
	return stage;
}

/** For what does not depend on Node.js: keys and words. */
export const newestNode = nodes.slice(-1);

type OnNodes = Differs & {
	/** All at hand unless told. */
	readonly among?: typeof nodes;
	/** All of them at the same time. */
	readonly isConcurrent?: true;
};

/** Tests on each Node.js, which has a stage of its own. */
export function onEachNode(
	{among = nodes, isConcurrent, ...differs}: OnNodes,
	tests: (stage: Stage, node: string) => void,
): void {
	const each = isConcurrent ? describe.concurrent.each(among) : describe.each(among);
	each('Node $version', ({node}) => tests(setStage(node, differs), node));
}

/** A shell around the program, "$@", that says how it ended and stays: what was written last is not lost with it. */
export const inShell = (script = '"$@"') => ['sh', '-c', `${script}\necho "exit $?"\nread -r line`, 'sh'];

/** The same, which also says the program's pid, and whether the terminal's modes are as before. */
export const around = inShell(`
	before=$(stty -a)
	sh -c 'echo "pid $$"; exec "$@"' sh "$@"
	code=$?
	[ "$before" = "$(stty -a)" ] && echo "modes as before"
	(exit $code)`);

/** Of the program that said so before it began. */
export const pidOf = (terminal: Terminal) => Number(/pid (\d+)/.exec(terminal.bytes().toString())?.[1]);

/** The row of the selected session. */
export const selected = (pid: number | undefined) => new RegExp(`^>[ #*-] *${pid} `);

/** Presses ↓ until the session is the selected one. */
export async function select(terminal: Terminal, pid: number): Promise<void> {
	await terminal.until(new RegExp(`^[> ][ #*-] *${pid} (?!.* starting )`));
	// By its pid: the line of the selected row may change without a key.
	const pidThere = () => /^>[ #*-] *(\d+) /.exec(terminal.row(terminal.find(/^>[^=]/)))?.[1];
	while (terminal.find(selected(pid)) < 0) {
		const before = pidThere();
		await terminal.type(60, down);
		await terminal.until(() => pidThere() !== before);
	}
}

/** Longer than a row has to be seen before a key acts on it, in milliseconds. */
const look = 600;

/**
Presses a key as a hand does: alone, after a look, and until it is taken.

On a slow machine the look may have been too short: then the program says so, and nothing was done.
*/
export async function press(terminal: Terminal, key: string, outcome: string | RegExp): Promise<void> {
	for (;;) {
		await terminal.type(look, key);
		const pressedAt = performance.now();
		const isTaken = () => terminal.find(outcome) >= 0;
		const isIgnored = () =>
			terminal.find(/^(?:\d+: )?[cky](?: ignored|: let it go)/) >= 0 && performance.now() - pressedAt > 1000;
		await terminal.until(() => isTaken() || isIgnored());
		if (isTaken()) return;
	}
}
