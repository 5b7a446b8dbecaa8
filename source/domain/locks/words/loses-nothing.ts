import type {Backend} from '../../session/backend.js';

/** Whether a cancel of what a waiter waits with costs it nothing: it is the first statement of its transaction, and has written nothing before it came to wait. */
export const losesNothing = ({xactStart, queryStart, xid}: Backend): boolean =>
	xactStart !== undefined && xactStart === queryStart && xid === undefined;
