import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';
import type {LockRow} from './lock-row.js';

/** For whom a session waits, as WAIT and the tree show it. */
export type WaitsUnder = {
	readonly id: RowId;
	/** 0 for a prepared transaction. */
	readonly pid: number;
	/** That one waits, too, and stands before it in the queue. */
	readonly isQueued: boolean;
	/** How many others hold what it waits for. */
	readonly more: number;
};

/** A wait for a lock. */
export type LockWait = {
	/** The object and the mode that is waited for. */
	readonly lock: LockRow;
	/** When it began: waitstart, since 14. Before, no earlier than this: when the query began. */
	readonly since?: Micros;
	readonly isSinceGuessed?: true;
};

/** How a session, or a prepared transaction, stands to the locks of others. Of a parallel group this is its leader's. */
export type LockSight = {
	/** What it waits for; of a group the longest wait. */
	readonly wait?: LockWait;
	readonly under?: WaitsUnder;
	readonly isBlocker: boolean;
	/** How many wait for it, directly or behind others; groups once. Counted when it is read. */
	readonly blocks: number;
};
