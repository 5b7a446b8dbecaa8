import type {Backend} from '../session/backend.js';
import type {Seen} from './look.js';
import type {Signal, Target, Work} from './target.js';

/** What a signal is meant for. A process that is no client session is not ended because of its transaction: VACUUM has many. */
export function workOf(signal: Signal, {kind, isVisible, state, xactStart}: Backend): Work {
	if (signal === 'cancel') return 'query';
	if (kind !== 'client' || !isVisible) return 'session';
	switch (state) {
		case 'fastpath function call':
			return 'call';
		case 'idle in transaction (aborted)':
			return 'aborted';
		case 'active':
			return xactStart === undefined ? 'statement' : 'transaction';
		case 'idle in transaction':
			return 'transaction';
		case 'idle':
			return 'idle';
		case 'starting':
			return 'login';
		default:
			return 'session';
	}
}

/** Whether a session is still at it: the rule of the guard, for what was read of it. */
export function isSameWork(work: Work, target: Target, seen: Omit<Seen, 'pid'>): boolean {
	const isSameTransaction = target.xactStart !== undefined && seen.xactStart === target.xactStart;
	// One that commits on the way, as a procedure, is one query with many transactions.
	const isSameStatement =
		target.state === 'active' && seen.state === 'active' && seen.queryStart === target.queryStart;
	switch (work) {
		case 'query':
			return isSameQuery(target, seen);
		case 'transaction':
			return isSameTransaction || isSameStatement;
		case 'aborted':
			return target.xactStart === undefined
				? seen.state === 'idle in transaction (aborted)'
				: isSameTransaction;
		case 'statement':
			return isSameStatement;
		case 'call':
			return isSameTransaction || seen.stateChange === target.stateChange;
		case 'idle':
			return seen.xactStart === undefined && seen.state !== 'active';
		case 'login':
			return seen.state === 'starting';
		case 'session':
			return true;
	}
}

/** Runs no query, so that there is none to cancel. */
export const isWithoutQuery = (state: string | undefined) =>
	state === 'starting' || state === 'idle' || (state?.startsWith('idle in transaction') ?? false);

/**
Whether it runs the query that was looked at.

A query that ended keeps its query_start, so the state counts. A portal fetched in pieces and a batch set query_start anew: in the same transaction the same text is the same query. A fastpath call sets none.
*/
export function isSameQuery(target: Target, seen: Omit<Seen, 'pid'>): boolean {
	if (seen.state !== target.state || isWithoutQuery(target.state)) return false;
	if (target.state === 'fastpath function call') return seen.stateChange === target.stateChange;
	return (
		seen.queryStart === target.queryStart ||
		(target.state === 'active' &&
			target.xactStart !== undefined &&
			seen.xactStart === target.xactStart &&
			target.hash !== undefined &&
			seen.hash === target.hash)
	);
}
