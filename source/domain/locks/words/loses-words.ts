import type {Backend} from '../../session/backend.js';
import {isSpecialStatement} from '../../signal/verdict/special.js';
import type {LockWait} from '../lock-sight.js';

/** Whether the transaction began with the query that runs now: a cancel undoes that query, and nothing before it. */
export const isOneQuery = ({xactStart, queryStart}: Backend): boolean =>
	xactStart !== undefined && xactStart === queryStart;

/** A wait that began within this time of its query, in microseconds, is all that the query has done. */
const atOnce = 1_000_000;

/**
What a cancel costs a waiter: `loses nothing` where its query has done nothing but wait. Undefined where nobody can tell, and of what works CONCURRENTLY: that has done much, and leaves an invalid object.

An ALTER TABLE has the id of a transaction before it has its lock. So nobody can tell whether there was something before it in the same message.
*/
export function losesWords(backend: Backend, wait: LockWait | undefined): string | undefined {
	const {isVisible, queryStart = Infinity, query, xid} = backend;
	if (!isVisible || isSpecialStatement(query?.text ?? '')) return undefined;
	if (!isOneQuery(backend)) return 'aborts its transaction';
	const hasOnlyWaited = wait?.since !== undefined && wait.since - queryStart < atOnce;
	return hasOnlyWaited && xid === undefined ? 'loses nothing' : 'loses that query only';
}
