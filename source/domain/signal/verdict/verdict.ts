import type {Backend} from '../../session/backend.js';
import {isProcess} from '../../session/kind.js';
import {isTelling, states} from '../../session/states.js';
import {isAborted, isInTransaction, isRunning, timeOf} from '../../session/time.js';
import {age} from '../../text/format.js';
import type {DoneHere} from '../outcome.js';
import {keyOf, type Signal} from '../target.js';
import {whatItIs} from './kind-words.js';
import type {GuardedReason, Reason} from './reason.js';
import {isSpecialStatement} from './special.js';

/** Whether a key may act at once, needs a question first, or does nothing, and why. */
export type Verdict =
	| {readonly type: 'go'}
	| {readonly type: 'ask'; readonly reasons: readonly Reason[]}
	| {readonly type: 'refuse'; readonly why: string};

const refuse = (why: string): Verdict => ({type: 'refuse', why});

/** `at` is the server's clock of the picture that shows the backend; `seen` are further reasons that the server has told. */
export function verdictOn(
	signal: Signal,
	backend: Backend,
	ownPid: number,
	at: number,
	seen: readonly GuardedReason[] = [],
): Verdict {
	const {pid, kind, type = kind} = backend;
	if (pid === ownPid) return refuse(`${pid} is pgtop itself`);
	if (!isProcess(kind)) return refuse('only a process can be signalled');
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

	const reasons = reasonsFor(signal, backend, seen);
	return reasons.length === 0 ? {type: 'go'} : {type: 'ask', reasons};
}

function reasonsFor(signal: Signal, backend: Backend, seen: readonly GuardedReason[]): readonly Reason[] {
	const special = specialOf(signal, backend, seen);
	if (!backend.isVisible) return [unverified];
	if (backend.kind !== 'client') return [...special, ...whatItIs(signal, backend)];
	return [...special, ...whatIsNotTracked(backend)];
}

const unverified: Reason = {
	id: 'rights',
	text: 'without pg_read_all_stats neither a reused pid nor its next query can be told apart',
	short: 'another session could have its pid',
};

function whatIsNotTracked({state}: Backend): readonly Reason[] {
	if (isTelling(state)) return [];
	return [
		state === states.disabled
			? {
					id: 'state',
					text: 'what it runs is not tracked: track_activities is off',
					short: 'what it runs is not tracked',
				}
			: {
					id: 'state',
					text: `pgtop does not know the state ${state ?? 'that is none'}`,
					short: 'its state is unknown',
				},
	];
}

/** Reasons where the key does something else than it says. */
function specialOf(signal: Signal, backend: Backend, seen: readonly GuardedReason[]): readonly Reason[] {
	const {state, wait, query, isUnread} = backend;
	const {text = '', isBehindComment = false} = query ?? {};
	const isActive = state === states.active;
	return [
		...(seen.includes('standby') || (wait?.type === 'IPC' && wait.name === 'SyncRep')
			? [waitsForStandby(signal, doneHere(backend))]
			: []),
		...(seen.includes('index') || seen.includes('statement') || (isActive && isSpecialStatement(text))
			? [special(text, seen)]
			: []),
		...(seen.includes('comment') || (isActive && isBehindComment) ? [behindComment] : []),
		...(isActive && isUnread ? [unread] : []),
	];
}

const waitsForStandby = (signal: Signal, done: DoneHere): Reason => ({
	id: 'standby',
	text:
		signal === 'cancel'
			? `its transaction is ${done} here: c only ends the wait for the standby, and a failover may lose it`
			: `its transaction is ${done} here: k ends the session before the standby has it, and a failover may lose it`,
	short: `${done}: ${keyOf[signal]} ends its wait`,
});

/** How a transaction that waits for the standby has ended; `finished` where its text is unread or does not tell. */
export function doneHere({query, isUnread}: Pick<Backend, 'query' | 'isUnread'>): DoneHere {
	const {text = ''} = query ?? {};
	if (isUnread) return 'finished';
	if (/^\s*prepare\s+transaction\b/i.test(text)) return 'prepared';
	if (/^\s*rollback\s+prepared\b/i.test(text)) return 'rolled back';
	return /prepare[\s\S]*transaction|rollback[\s\S]*prepared/i.test(text) ? 'finished' : 'committed';
}

function special(text: string, seen: readonly GuardedReason[]): Reason {
	if (seen.includes('index') || /concurrently/i.test(text)) {
		return {
			id: seen.includes('index') ? 'index' : 'statement',
			text: 'it works CONCURRENTLY: broken off it leaves an invalid object behind',
			short: 'CONCURRENTLY: leaves an invalid object',
		};
	}

	return /prepared/i.test(text)
		? {
				id: 'statement',
				text: 'it ends a prepared transaction, which may be done already',
				short: 'ends a prepared transaction',
			}
		: {
				id: 'statement',
				text: 'CONCURRENTLY or PREPARED stands in its text: broken off it may leave an invalid object, or be done already',
				short: 'CONCURRENTLY or PREPARED in its text',
			};
}

const unread: Reason = {
	id: 'unread',
	text: "its query can't be read: it may leave an invalid object, or be done already",
	short: "its query can't be read",
};

const behindComment: Reason = {
	id: 'comment',
	text: 'its command stands behind a comment longer than the server keeps',
	short: 'its command is behind a comment',
};

function nothingToCancel(backend: Backend, at: number): string | undefined {
	const {pid, state} = backend;
	if (isInTransaction(backend)) {
		const since = timeOf(backend, at);
		const words = isAborted(backend) ? 'transaction aborted' : state;
		return `nothing to cancel: ${words}${since === undefined ? '' : ` for ${age(since)}`}. k ends the session`;
	}

	if (state === states.idle) return `nothing to cancel: ${pid} is idle. k ends the session`;
	if (state === states.starting) return `nothing to cancel: ${pid} is still starting. k ends the session`;
	return undefined;
}

/** False for a process that runs no query that anybody sent. */
export const hasQuery = (backend: Backend) => backend.kind === 'client' || isRunning(backend);
