import type {WaitEvent} from '../backend.js';
import type {Answer, Look, Seen} from './look.js';
import {isOwnerTold, type Order, type Target} from './target.js';

/** What a session does when its query is over. */
export type Now = 'idle' | 'aborted' | 'in transaction' | 'next transaction' | 'next query' | 'other';

/** What was seen to come of a signal; never what was only hoped for. */
export type Outcome =
	/** The session is gone. */
	| {readonly type: 'ended'}
	/** The query does not run any more; what the session does since. */
	| {readonly type: 'cancelled'; readonly now: Now}
	| {readonly type: 'had ended already'; readonly isPidReused: boolean}
	| {
			readonly type: 'changed';
			readonly what: 'query' | 'idle' | 'transaction' | 'transaction begun';
			/** The second time in a row that a cancel came too late for its query. */
			readonly isRepeated?: true;
			readonly seen: Seen;
			readonly at: number;
	  }
	/** How long after the key the server got it. */
	| {readonly type: 'too late'; readonly seconds: number}
	| {readonly type: 'denied'; readonly reason: string; readonly missing?: string}
	| {readonly type: 'failed'; readonly reason: string}
	| {readonly type: 'no such process'; readonly warning: string}
	| {readonly type: 'still there'; readonly wait?: WaitEvent; readonly state?: string}
	/** No answer came; what was seen of that session since. */
	| {readonly type: 'not known'; readonly since?: 'gone' | 'there' | 'query ended'}
	/** --dry-run: nothing was sent. */
	| {readonly type: 'not sent'; readonly statement: string};

/** How long after the key a signal may still be sent, in microseconds. */
export const deadlineAfter = 3_000_000;

/** Another backend_start or owner under the same pid is another session. */
const isSame = (target: Target, seen: Seen) =>
	seen.backendStart === target.backendStart && (!isOwnerTold(target) || seen.userId === target.userId);

const isRunningState = (state: string | undefined) =>
	state === 'active' || state === 'fastpath function call';

/** Rights were granted or revoked since: that it is another session can't be told from that. */
const isSeenOtherwise = (target: Target, seen: Seen) =>
	(seen.backendStart === undefined) !== (target.backendStart === undefined) && seen.userId === target.userId;

/** A portal fetched in pieces and a batch set query_start anew: in the same transaction the same text is the same query. */
const isSameQuery = (target: Target, seen: Seen) =>
	isRunningState(seen.state) &&
	(seen.queryStart === target.queryStart ||
		(target.xactStart !== undefined && seen.xactStart === target.xactStart && seen.hash === target.hash));

/** What the answer alone decides; undefined when the signal went out and only looking shows more. */
export function outcomeOfAnswer(order: Order, answer: Answer): Outcome | undefined {
	const {target} = order;
	switch (answer.type) {
		case 'denied':
			return answer;
		case 'failed':
			return {type: 'failed', reason: answer.reason};
		case 'unknown':
			return {type: 'not known'};
		case 'answered': {
			const {seen, at = 0} = answer;
			if (!seen) return {type: 'had ended already', isPidReused: false};
			if (answer.sent === true) return undefined;
			if (answer.sent === false) return {type: 'no such process', warning: answer.warning ?? ''};
			if (answer.isOwn)
				return {type: 'failed', reason: 'that session carries pgtop itself now. Press it again'};
			if (isSeenOtherwise(target, seen))
				return {type: 'failed', reason: 'what this role may see of it has changed. Press it again'};
			if (!isSame(target, seen)) return {type: 'had ended already', isPidReused: true};
			// The deadline may have come between the two clocks of the statement.
			if (at > order.deadline || !differs(order, seen)) {
				return {type: 'too late', seconds: (at - order.deadline + deadlineAfter) / 1e6};
			}

			return {type: 'changed', what: whatChanged(order, seen), seen, at};
		}
	}
}

/** Whether anything that the guard compares is not as it was looked at. */
function differs({signal, transaction, target}: Order, seen: Seen): boolean {
	if (signal === 'cancel') return !isSameQuery(target, seen);
	switch (transaction) {
		case 'same':
			return seen.xactStart !== target.xactStart;
		case 'aborted':
			return seen.state !== 'idle in transaction (aborted)';
		case 'none':
			return seen.xactStart !== undefined;
		case 'any':
			return false;
	}
}

function whatChanged(order: Order, seen: Seen): Extract<Outcome, {type: 'changed'}>['what'] {
	if (order.signal === 'terminate') return order.transaction === 'none' ? 'transaction begun' : 'transaction';
	return isRunningState(seen.state) ? 'query' : 'idle';
}

/** What a look shows of a signal that may have been sent: nothing of it is put down to the key. */
export function sinceUnknown(order: Order, look: Look): Outcome {
	const outcome = outcomeOfLook(order, look);
	return {type: 'not known', since: !outcome ? 'there' : outcome.type === 'ended' ? 'gone' : 'query ended'};
}

/** What a look shows of a signal that was sent; undefined while nothing has happened yet. */
export function outcomeOfLook(order: Order, look: Look): Outcome | undefined {
	const {target} = order;
	const {seen} = look;
	if (!seen) return {type: 'ended'};
	if (isSeenOtherwise(target, seen)) return undefined;
	if (!isSame(target, seen)) return {type: 'ended'};
	if (order.signal === 'terminate' || isSameQuery(target, seen) || isUntold(seen)) return undefined;
	return {type: 'cancelled', now: nowOf(target, seen)};
}

/** What it runs this role may not see, or is not tracked. */
const isUntold = ({state}: Seen) => state === undefined || state === 'disabled';

/** What a session does after a query that was cancelled. */
function nowOf(target: Target, {state, xactStart}: Seen): Now {
	// A client that caught the error may have rolled back and begun anew since.
	const inTransaction = xactStart === target.xactStart ? 'in transaction' : 'next transaction';
	switch (state) {
		case 'active':
		case 'fastpath function call':
			// A driver that holds back its Sync after an error still counts as active, and runs nothing.
			return xactStart === undefined ? 'other' : 'next query';
		case 'idle in transaction (aborted)':
			// Only when the whole transaction is aborted its start is gone: a savepoint keeps both, and the locks.
			return xactStart === undefined ? 'aborted' : inTransaction;
		case 'idle in transaction':
			return inTransaction;
		case 'idle':
			return 'idle';
		default:
			return 'other';
	}
}
