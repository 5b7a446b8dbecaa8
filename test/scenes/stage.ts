import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, vi} from 'vitest';
import type {Backend} from '../../source/domain/session/backend.js';
import type {OutcomeRecord, SignalRecord} from '../../source/domain/signal/record.js';
import {lookedAt} from '../../source/state/list/seats.js';
import {isSent} from '../../source/state/signal/question/asked.js';
import {limit} from '../helpers/limit.js';
import {type Run, startRun} from '../helpers/run.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {openSession, type Session, type SessionOptions} from '../helpers/session/session.js';

type RunOptions = NonNullable<Parameters<typeof startRun>[1]>;

export type Stage = {
	readonly cluster: TestCluster;
	/** The program, with an audit file of its own. */
	run(options?: RunOptions): Promise<Run>;
	session(options?: SessionOptions): Promise<Session>;
	/** What the server's log says of the process: of victims the reason of their end. */
	logOf(pid: number): Promise<string>;
};

type Differs = {
	/** Of the server, besides the usual ones. */
	readonly settings?: Readonly<Record<string, string>>;
	/** The tests run at the same time: most of it they wait. Programs and sessions end with the file. */
	readonly isConcurrent?: true;
};

/** One server for the file; programs and sessions end with their test. */
export function setStage({settings = {}, isConcurrent}: Differs = {}): Stage {
	let cluster: TestCluster;
	let folder: string;
	let count = 0;
	const ends: (() => unknown)[] = [];

	beforeAll(async () => {
		cluster = await startCluster(undefined, {settings});
		folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
	});

	const endAll = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};

	afterEach(async () => {
		if (!isConcurrent) await endAll();
	});

	afterAll(async () => {
		await endAll();
		await cluster?.stop();
		await rm(folder, {recursive: true});
	});

	return {
		get cluster() {
			return cluster;
		},
		async run(options) {
			const run = await startRun(cluster, {auditFile: join(folder, `${count++}.jsonl`), ...options});
			ends.push(run.close);
			return run;
		},
		async session(options) {
			const session = await openSession(cluster, options);
			const {pid} = session;
			// Hanging up alone leaves a query running, with its locks.
			ends.push(async () => {
				await cluster.observe(`select pg_terminate_backend(${pid})`);
				await session.untilGone();
			});
			return session;
		},
		async logOf(pid) {
			const lines = (await readFile(cluster.log, 'utf8')).split('\n');
			return lines.filter(line => line.includes(`[${pid}]`)).join('\n');
		},
	};
}

export type Told = {readonly signal: SignalRecord; readonly outcome: OutcomeRecord};

/** Waits until the status line says so, and expects the audit file to say the same, word for word, of the same signal. */
export async function told(run: Run, pattern: RegExp, ms?: number): Promise<Told> {
	await run.says(pattern, ms);
	// That a key was ignored comes first for some time.
	await run.until(({status}) => status.note?.firstUntil === undefined);
	// The line of what the screen says is written at the same time, and not before. Not `expect.poll`, which belongs to one test: several may run.
	await vi.waitFor(async () => {
		const last = (await run.outcomeLines()).at(-1);
		const status = run.status();
		expect(run.bottom()).toMatch(pattern);
		expect(last && isSaidBy(status, last), `${status}; written: ${last?.sentence}`).toBe(true);
	}, limit);
	const outcome = (await run.outcomeLines()).at(-1);
	const signal = (await run.signalLines()).at(-1);
	if (!outcome || !signal) throw new Error('the audit file lacks a line');
	expect(outcome.id).toBe(signal.id);
	expect(outcome.pid).toBe(signal.pid);
	return {signal, outcome};
}

/** The status line may lack room for the end. */
const isSaidBy = (status: string, {pid, sentence}: OutcomeRecord) =>
	[`${pid} ${sentence}`, `${pid}: ${sentence}`].some(said =>
		status.endsWith('~') ? said.startsWith(status.slice(0, -1)) : said === status,
	);

/** Presses the key, reads the question, and answers it with y. */
export async function answerYes(run: Run, key: 'c' | 'k', question: RegExp): Promise<string> {
	const text = await asked(run, key, question);
	await pressYes(run);
	return text;
}

/** Answers the question that is open. On a busy machine it may have changed a moment before: then it is read again, and answered again. */
export async function pressYes(run: Run): Promise<void> {
	const isOpen = () => {
		const [layer] = run.state().screen.layers;
		return layer.type === 'question' && !isSent(layer);
	};
	await run.press('y');
	while (isOpen()) {
		await untilRead(run);
		await run.press('y');
	}
}

/** Presses the key and waits until the question has been on the screen long enough to be answered. */
export async function asked(run: Run, key: 'c' | 'k', question: RegExp): Promise<string> {
	await run.press(key);
	const text = await run.says(question);
	await untilRead(run);
	return text;
}

/** Waits until the question that is open has been on the screen long enough to be answered. */
export const untilRead = async (run: Run) =>
	run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && performance.now() - (layer.drawnAt ?? Infinity) > layer.readFor;
	});

/** Presses y before the question has been on the screen long enough to be answered. False: on a busy machine it may have been later. */
export async function answerTooSoon(run: Run): Promise<boolean> {
	const [layer] = run.state().screen.layers;
	if (layer.type !== 'question') return false;
	const drawnAt = layer.drawnAt ?? performance.now();
	await run.press('y');
	return performance.now() - drawnAt < layer.readFor;
}

/** For what has to come soon after something else: begins anew where the machine was too busy for it, which is undefined. */
export async function untilSoonEnough<Begun>(begin: () => Promise<Begun | undefined>): Promise<Begun> {
	for (;;) {
		const begun = await begin();
		if (begun !== undefined) return begun;
	}
}

/** Waits until what has been on the screen long enough to be looked at is so. */
export const untilLookedAt = async (run: Run, condition: (backend: Backend) => boolean) =>
	run.until(state => {
		const {selected} = state.screen;
		const look = selected === undefined ? undefined : lookedAt(state, selected, performance.now());
		return look !== undefined && condition(look.backend);
	});

/** So long after a key the same key acts again on the same session, in milliseconds. */
export const letGoAfter = 700;

export const letGo = async (run: Run) =>
	run.until(({hand}) => performance.now() - (hand.obeyed?.at ?? 0) > letGoAfter);

/** Until a second k ends the session whatever it does by then. */
export const untilAgain = async (run: Run) =>
	run.until(({hand}) => performance.now() - (hand.secondK?.drawnAt ?? Infinity) > 700);

/** Selects a background process. */
export async function selectBackground(run: Run, pid: number): Promise<void> {
	if (!run.state().screen.showsBackground) await run.press('a');
	await run.select(pid);
}
