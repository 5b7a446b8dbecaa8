import {states} from '../session/states.js';
import type {Look, Seen} from './look.js';
import {isSameIdentity, isSeenOtherwise, type Now, type Outcome} from './outcome.js';
import type {Order, Target} from './target.js';
import {isSameQuery} from './work.js';

/** What a look shows after a signal that may have been sent: nothing of it is said to come from the key. */
export function sinceUnknown(order: Order, look: Look): Outcome {
	const outcome = outcomeOfLook(order, look);
	return {type: 'not known', since: !outcome ? 'there' : outcome.type === 'ended' ? 'gone' : 'query ended'};
}

/** What a look shows after a signal that was sent; undefined while nothing has happened yet. */
export function outcomeOfLook(
	order: Order,
	{seen}: Pick<Look, 'seen'>,
): Extract<Outcome, {type: 'ended' | 'query ended'}> | undefined {
	const {target} = order;
	if (!seen) return {type: 'ended'};
	if (isSeenOtherwise(target, seen)) return undefined;
	if (!isSameIdentity(target, seen)) return {type: 'ended'};
	if (order.signal === 'terminate' || isUntold(seen)) return undefined;
	if (isSameQuery(target, seen)) {
		// A driver that holds back its Sync after an error still counts as active, and runs nothing.
		return isWithoutSync(seen) ? {type: 'query ended', now: 'client waits'} : undefined;
	}

	return {type: 'query ended', now: nowOf(target, seen)};
}

const isInClientRead = ({wait}: Seen) => wait?.type === 'Client' && wait.name === 'ClientRead';

const isWithoutSync = (seen: Seen) =>
	seen.state === states.active && seen.xactStart === undefined && isInClientRead(seen);

/** This role may not see what the session runs, or it is not tracked. */
const isUntold = ({state}: Seen) => state === undefined || state === states.disabled;

/** What a session does after a query that was cancelled. */
function nowOf(target: Target, seen: Seen): Now {
	const {state, xactStart} = seen;
	// A client that caught the error may have rolled back and begun anew since.
	const inTransaction = xactStart === target.xactStart ? 'in transaction' : 'next transaction';
	switch (state) {
		case states.active:
		case states.fastpath:
			return isWithoutSync(seen) ? 'client waits' : xactStart === undefined ? 'other' : 'next query';
		case states.aborted:
			// The start is gone only when the whole transaction is aborted: a savepoint keeps transaction, start and locks.
			return xactStart === undefined ? 'aborted' : inTransaction;
		case states.idleInTransaction:
			return inTransaction;
		case states.idle:
			return 'idle';
		default:
			return 'other';
	}
}

/** What a look shows of a session on which a signal has had no effect; `sent` is what the signal found. */
export const stillThere = ({seen}: Look, sent?: Seen): Outcome => ({
	type: 'still there',
	...(seen?.wait && {wait: seen.wait}),
	...(seen?.state !== undefined && {state: seen.state}),
	...(seen && seen.state === states.active && isInClientRead(seen) && {isWithClient: true}),
	...(isAnew(sent, seen) && {isAnew: true}),
});

const isAnew = (sent: Seen | undefined, seen: Seen | undefined) =>
	sent?.queryStart !== undefined && seen?.state === states.active && seen.queryStart !== sent.queryStart;
