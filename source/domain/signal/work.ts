import type {Backend} from '../session/backend.js';
import {isWithoutQuery, states} from '../session/states.js';
import type {Seen} from './look.js';
import type {Signal, Target, Work} from './target.js';

/** What a signal is meant for. A process that is no client session is not ended because of its transaction: VACUUM has many. */
export function workOf(signal: Signal, {kind, isVisible, state, xactStart}: Backend): Work {
	if (signal === 'cancel') return 'query';
	if (kind !== 'client' || !isVisible) return 'session';
	switch (state) {
		case states.fastpath:
			return 'call';
		case states.aborted:
			return 'aborted';
		case states.active:
			return xactStart === undefined ? 'statement' : 'transaction';
		case states.idleInTransaction:
			return 'transaction';
		case states.idle:
			return 'idle';
		case states.starting:
			return 'login';
		default:
			return 'session';
	}
}

/** What of a session that was read tells what it is at. */
export const seenIn = ({
	pid,
	xactStart,
	queryStart,
	stateChange,
	state,
	hash,
}: Pick<Backend, 'pid' | 'xactStart' | 'queryStart' | 'stateChange' | 'state' | 'hash'>): Seen => ({
	pid,
	...(xactStart !== undefined && {xactStart}),
	...(queryStart !== undefined && {queryStart}),
	...(stateChange !== undefined && {stateChange}),
	...(state !== undefined && {state}),
	...(hash !== undefined && {hash}),
});

/** Whether a session is still at that work: the rule of the guard, for what was read of the session. */
export function isSameWork(work: Work, target: Target, seen: Omit<Seen, 'pid'>): boolean {
	const isSameTransaction = target.xactStart !== undefined && seen.xactStart === target.xactStart;
	// A procedure that commits on the way is one query with many transactions.
	const isSameStatement =
		target.state === states.active && seen.state === states.active && seen.queryStart === target.queryStart;
	switch (work) {
		case 'query':
			return isSameQuery(target, seen);
		case 'transaction':
			return isSameTransaction || isSameStatement;
		case 'aborted':
			return target.xactStart === undefined ? seen.state === states.aborted : isSameTransaction;
		case 'statement':
			return isSameStatement;
		case 'call':
			return isSameTransaction || seen.stateChange === target.stateChange;
		case 'idle':
			return seen.xactStart === undefined && seen.state !== states.active;
		case 'login':
			return seen.state === states.starting;
		case 'session':
			return true;
	}
}

/**
Whether the session runs the query that was looked at.

A query that ended keeps its query_start, so the state counts. A portal fetched in pieces and a batch set query_start anew: in the same transaction the same text is the same query. A fastpath call sets none.
*/
export function isSameQuery(target: Target, seen: Omit<Seen, 'pid'>): boolean {
	if (seen.state !== target.state || isWithoutQuery(target.state)) return false;
	if (target.state === states.fastpath) return seen.stateChange === target.stateChange;
	return (
		seen.queryStart === target.queryStart ||
		(target.state === states.active &&
			target.xactStart !== undefined &&
			seen.xactStart === target.xactStart &&
			target.hash !== undefined &&
			seen.hash === target.hash)
	);
}
