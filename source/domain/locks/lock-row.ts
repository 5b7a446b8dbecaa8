import type {Micros} from '../micros.js';

/** Rows of pg_locks on one object in one mode, granted or not. */
export type LockRow = {
	/** Tells the object from all others: equal keys are one object. */
	readonly key: string;
	/** locktype: `relation`, `tuple`, `transactionid`, `advisory`, ... */
	readonly type: string;
	/** Of an object in a database; absent of what belongs to none. */
	readonly databaseId?: number;
	readonly relationId?: number;
	/** Of a transactionid, as a 32-bit xid. */
	readonly xid?: number;
	/** As the server writes it: `ExclusiveLock`. */
	readonly mode: string;
	readonly isGranted: boolean;
	/** Who holds it, or waits for it, the longest wait first; without prepared transactions. There may be less than `count` of them. */
	readonly pids: readonly number[];
	/** How many hold it, or wait for it, prepared transactions too. */
	readonly count: number;
	/** waitstart of each pid, since 14; undefined for a moment after a wait has begun. Absent where it is granted. */
	readonly since?: readonly (Micros | undefined)[];
	/** virtualtransaction of each prepared transaction that holds it. */
	readonly prepared?: readonly string[];
};

/** What a picture knows of locks: the rows of every object that somebody waits for. With nobody waiting there are none. */
export type Locks = {
	readonly rows: readonly LockRow[];
	/** What reading them cost the server, in milliseconds. */
	readonly serverMs: number;
	/** There are more than were read. */
	readonly isCut?: true;
};

/** A lock that a session holds or waits for, as its details list it. */
export type SessionLock = {
	readonly mode: string;
	readonly isGranted: boolean;
	/** What is locked, safe to print: `relation orders`, `transactionid 7711`, `advisory 42`. */
	readonly on: string;
	/** How many locks these are, where several read the same. */
	readonly count: number;
	/** waitstart, since 14. */
	readonly since?: Micros;
};
