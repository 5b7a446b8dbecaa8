import type {RowId} from '../row-id.js';

/** Why the end of a session would let nobody go on. */
export type FreesNothing =
	/** Another session holds what is waited for, too. */
	| {readonly type: 'holds it too'; readonly by: RowId; readonly pid: number}
	/** Only its place in the queue for a row would get free: that session has the row. */
	| {readonly type: 'has the row'; readonly by: RowId; readonly pid: number}
	/** Another waiter stands before them. */
	| {readonly type: 'waits before them'; readonly by: RowId; readonly pid: number};

/** How many would go on now if a session ended; not those that they would let go on in turn. */
export type Frees = {
	/** So many for certain. */
	readonly least: number;
	/** No more than so many. */
	readonly most: number;
	/** Present where it is nobody, and somebody waits. */
	readonly nothing?: FreesNothing;
};
