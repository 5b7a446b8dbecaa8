import type {Backend} from '../backend.js';
import {age} from '../text/format.js';
import {isAborted, isInTransaction, isRunning, timeOf} from '../time.js';
import {keyOf, type Signal} from './target.js';

/** Whether a key may act at once, needs a question first, or does nothing, and why. */
export type Verdict =
	| {readonly type: 'go'}
	/** `isOrdinary` is false for what is no client session: --confirm never leaves that question out. */
	| {readonly type: 'ask'; readonly why: string; readonly isOrdinary: boolean}
	| {readonly type: 'refuse'; readonly why: string};

const refuse = (why: string): Verdict => ({type: 'refuse', why});
const ask = (why: string, isOrdinary = true): Verdict => ({type: 'ask', why, isOrdinary});

const knownStates = new Set([
	'active',
	'idle',
	'idle in transaction',
	'idle in transaction (aborted)',
	'fastpath function call',
	'disabled',
	'starting',
]);

/** `at` is the server's clock of the picture that shows the backend. */
export function verdictOn(signal: Signal, backend: Backend, ownPid: number, at: number): Verdict {
	const {pid, kind, type = kind, state} = backend;
	if (pid === ownPid) return refuse(`${pid} is pgtop itself`);
	if (kind === 'unsignallable') return refuse(`${pid} is the ${type}: SQL can't signal it`);
	if (kind === 'parallel worker') {
		return refuse(
			backend.leaderPid === undefined
				? `${pid} is a parallel worker: select its leader`
				: `${pid} is a worker of ${backend.leaderPid}: select ${backend.leaderPid}`,
		);
	}

	if (signal === 'cancel') {
		const why = nothingToCancel(backend, at);
		if (why) return refuse(why);
	}

	if (!backend.isVisible) {
		return ask('without pg_read_all_stats neither a reused pid nor its next query can be told apart');
	}

	const special = whatElseItDoes(signal, backend);
	// --confirm=never leaves out the question about the kind, and not what the key does besides.
	if (kind !== 'client')
		return special ? ask(`${whatItIs(backend)}; ${special}`) : ask(whatItIs(backend), false);

	if (state === undefined || !knownStates.has(state)) {
		return ask(`pgtop does not know the state ${state ?? 'that is none'}`);
	}

	if (signal === 'cancel' && state === 'disabled')
		return ask('what it runs is not tracked: track_activities is off');
	return special ? ask(special) : {type: 'go'};
}

/** Where the key does something else than it says. */
function whatElseItDoes(signal: Signal, backend: Backend): string | undefined {
	if (backend.wait?.type === 'IPC' && backend.wait.name === 'SyncRep')
		return `its transaction is committed here: ${keyOf[signal]} only ends the wait for the standby, and a failover may lose it`;
	return isRunning(backend) ? specialStatement(backend.query?.text ?? '') : undefined;
}

/** What is no client session, and what becomes of it. */
function whatItIs({kind, type = kind, query}: Backend): string {
	switch (kind) {
		case 'autovacuum worker':
			return query?.text.includes('(to prevent wraparound)')
				? 'autovacuum to prevent wraparound: it starts again at once'
				: 'an autovacuum worker: it comes back by itself';
		case 'walsender':
			return 'a walsender: what it streams to loses its connection, and connects again';
		case 'launcher':
			return `the ${type}: it starts again at once`;
		case 'logical worker':
			return 'it applies a subscription, and starts again';
		default:
			return `no client session (${type}): pgtop does not know what ending it does`;
	}
}

function nothingToCancel(backend: Backend, at: number): string | undefined {
	const {pid, state} = backend;
	if (isInTransaction(backend)) {
		const since = timeOf(backend, at);
		const words = isAborted(backend) ? 'transaction aborted' : state;
		return `nothing to cancel: ${words}${since === undefined ? '' : ` for ${age(since)}`}. k ends the session`;
	}

	if (state === 'idle') return `nothing to cancel: ${pid} is idle. k ends the session`;
	if (state === 'starting') return `nothing to cancel: ${pid} is still starting. k ends the session`;
	return undefined;
}

const comments = /\/\*[\s\S]*?\*\//g;
const concurrently = /\b(?:create|reindex|drop|alter)\b[^;]*\bconcurrently\b/i;
const prepared = /\b(?:commit|rollback)\s+prepared\b/i;

/** A text on one line does not tell where a comment that began with -- has ended, so the words count wherever they stand. */
function specialStatement(text: string): string | undefined {
	const bare = text.replaceAll(comments, ' ');
	if (prepared.test(bare)) return 'it ends a prepared transaction, which may be done already';
	return concurrently.test(bare)
		? 'it works CONCURRENTLY: broken off it leaves an invalid object behind'
		: undefined;
}
