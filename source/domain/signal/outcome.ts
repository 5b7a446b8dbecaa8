import type {Micros} from '../micros.js';
import type {WaitEvent} from '../session/backend.js';
import {isRunningState} from '../session/states.js';
import type {Answer, Seen} from './look.js';
import {isOwnerTold, type Order, type Target} from './target.js';
import {type GuardedReason, isGuarded} from './verdict/reason.js';
import type {Freed} from './waiters/freed.js';

/** What a session does when its query is over. */
export type Now =
	| 'idle'
	| 'aborted'
	| 'in transaction'
	| 'next transaction'
	| 'next query'
	| 'client waits'
	| 'other';

/** What has changed in a session since it was looked at. */
export type Change =
	| 'query'
	| 'idle'
	| 'transaction'
	| 'transaction begun'
	| 'statement'
	| 'statement begun'
	| 'call'
	| 'login';

/** How a transaction that waits for the standby has ended here; `finished` where nobody can tell. */
export type DoneHere = 'committed' | 'prepared' | 'rolled back' | 'finished';

/** What was seen to come of a signal; never what was only hoped for. `isLate`: nobody had looked for some time before. */
export type Outcome =
	/** The session is gone. */
	| {readonly type: 'ended'; readonly freed?: Freed; readonly isLate?: true}
	/** The query does not run any more. `now` is what the session does since, `locks` are those that it then held. */
	| {
			readonly type: 'query ended';
			readonly now: Now;
			readonly locks?: {readonly held: number; readonly advisory: number};
			readonly freed?: Freed;
			readonly isLate?: true;
	  }
	/** It waited for the standby when the signal was sent, and its transaction was done here. */
	| {
			readonly type: 'stopped waiting';
			readonly done: DoneHere;
			readonly isLate?: true;
	  }
	/** A cancel: k ended the session before any effect of c was seen. */
	| {readonly type: 'ended by k'}
	| {readonly type: 'had ended already'; readonly isPidReused: boolean}
	| {
			readonly type: 'changed';
			readonly what: Change;
			/** The second time in a row that a cancel came too late for its query. */
			readonly isRepeated?: true;
			/** The question is still open: y acts on what the session does now. */
			readonly isAsked?: true;
			readonly seen: Seen;
			readonly at: number;
	  }
	/** Nothing was sent: a reason to ask has come since, and nobody was asked about it. */
	| {readonly type: 'held back'; readonly reasons: readonly GuardedReason[]}
	/** `seconds`: how long after the key the server got the signal. */
	| {readonly type: 'too late'; readonly seconds: number}
	| {readonly type: 'denied'; readonly reason: string; readonly missing?: string}
	| {readonly type: 'failed'; readonly reason: string}
	| {readonly type: 'no such process'; readonly warning: string}
	| {
			readonly type: 'still there';
			readonly wait?: WaitEvent;
			readonly state?: string;
			/** In a transaction, and waiting for its client: the server ignores a cancel there. */
			readonly isWithClient?: true;
			/** The same text, begun after the signal: the next piece of the query, or the query once more. */
			readonly isAnew?: true;
	  }
	/** No answer came; what was seen of that session since. */
	| {readonly type: 'not known'; readonly since?: 'gone' | 'there' | 'query ended'}
	/** Nothing can be seen of that session any more. `isSure`: the server has told that it is another one. */
	| {readonly type: 'other server'; readonly isSure: boolean}
	/** The server crashed, and every session with it. */
	| {readonly type: 'crash'}
	/** pgtop left before anything was seen. */
	| {readonly type: 'not seen'}
	/** --dry-run: nothing was sent. */
	| {
			readonly type: 'not sent';
			/** Pid, role and database. */
			readonly who: string;
			readonly statement: string;
			/** What this role lacks. */
			readonly missing?: string;
	  };

/** Whether an outcome says that no signal was sent. */
export function isUnsent({type}: Outcome): boolean {
	switch (type) {
		case 'had ended already':
		case 'changed':
		case 'held back':
		case 'too late':
		case 'denied':
		case 'failed':
		case 'no such process':
		case 'not sent':
			return true;
		case 'ended':
		case 'query ended':
		case 'stopped waiting':
		case 'ended by k':
		case 'still there':
		case 'not known':
		case 'other server':
		case 'crash':
		case 'not seen':
			return false;
	}
}

/** How long after the key a signal may still be sent, in microseconds. */
export const expiresAfter: Micros = 3_000_000;

/** The server's clock when the key was pressed. */
export const orderedAt = ({expiresAt}: Order): Micros => expiresAt - expiresAfter;

/** Another backend_start or owner under the same pid is another session. */
export const isSameIdentity = (target: Target, seen: Seen) =>
	seen.backendStart === target.backendStart && (!isOwnerTold(target) || seen.userId === target.userId);

/** Rights were granted or revoked since: the difference does not prove that it is another session. */
export const isSeenOtherwise = (target: Target, seen: Seen) =>
	(seen.backendStart === undefined) !== (target.backendStart === undefined) && seen.userId === target.userId;

/** What the answer alone decides; undefined when the signal went out and only looking shows more. */
export function outcomeOfAnswer(order: Order, answer: Answer): Outcome | undefined {
	switch (answer.type) {
		case 'denied':
			return answer;
		case 'failed':
			return {type: 'failed', reason: answer.reason};
		case 'unknown':
			return {type: 'not known'};
		case 'answered': {
			if (answer.held.includes('server'))
				return {type: 'failed', reason: 'another server answers, or it was restarted'};
			if (!answer.seen) return {type: 'had ended already', isPidReused: false};
			if (answer.isOwn)
				return {type: 'failed', reason: 'that session carries pgtop itself now. Press it again'};
			if (answer.sent === true) return undefined;
			if (answer.sent === false) return {type: 'no such process', warning: answer.warning ?? ''};
			return heldBack(order, answer, answer.seen);
		}
	}
}

/** Which part of the guard did not hold; the first one says most. */
function heldBack(
	order: Order,
	{held, at = 0}: Extract<Answer, {type: 'answered'}>,
	seen: Seen,
): Outcome | undefined {
	const {target} = order;
	if (held.includes('session')) {
		return isSeenOtherwise(target, seen)
			? {type: 'failed', reason: 'what this role may see of it has changed. Press it again'}
			: {type: 'had ended already', isPidReused: true};
	}

	if (held.includes('time')) return {type: 'too late', seconds: (at - orderedAt(order)) / 1e6};
	if (held.includes('work')) return {type: 'changed', what: changeOf(order, seen), seen, at};
	return {type: 'held back', reasons: held.filter(isGuarded)};
}

function changeOf({signal, work}: Order, {state, xactStart}: Seen): Change {
	if (signal === 'cancel') return isRunningState(state) ? 'query' : 'idle';
	switch (work) {
		case 'call':
		case 'login':
		case 'statement':
			return work;
		case 'idle':
			return xactStart === undefined ? 'statement begun' : 'transaction begun';
		default:
			return 'transaction';
	}
}
