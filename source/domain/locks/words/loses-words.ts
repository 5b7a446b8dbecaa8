import type {Backend} from '../../session/backend.js';

/** Whether the transaction began with the query that runs now: a cancel undoes that query, and nothing before it. */
export const isOneQuery = ({xactStart, queryStart}: Backend): boolean =>
	xactStart !== undefined && xactStart === queryStart;

/**
What a cancel costs a waiter: `loses nothing` where it has written nothing before it came to wait.

An ALTER TABLE has the id of a transaction before it has its lock. So nobody can tell whether there was something before it in the same message.
*/
export function losesWords(backend: Backend): string {
	if (!isOneQuery(backend)) return 'aborts its transaction';
	return backend.xid === undefined ? 'loses nothing' : 'loses that query only';
}
