import type {Prepared} from '../locks/prepared.js';
import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';

export type WaitEvent = {readonly type: string; readonly name: string};

/** What c and k need to know of a row: of a process from pg_stat_activity.backend_type. */
export type Kind =
	| 'client'
	| 'walsender'
	| 'parallel worker'
	| 'autovacuum worker'
	| 'launcher'
	| 'logical worker'
	| 'background worker'
	| 'unsignallable'
	| 'unknown'
	/** No process at all: a row that stands for a prepared transaction. */
	| 'prepared transaction'
	/** No process at all: a line of the tree that stands for many waiters. */
	| 'queue';

/** The server has cut a text. Not sure where the end of the text may be the end of the query. */
export type Cut = {
	readonly isSure: boolean;
	/** How much the server keeps, with the zero byte at the end, as SHOW track_activity_query_size says it. */
	readonly size: string;
};

export type QueryText = {
	/** Decoded and safe to print. */
	readonly text: string;
	/** Length of what the server has of the query. */
	readonly bytes: number;
	/** Only its beginning was fetched. */
	readonly isPart?: true;
	readonly cut?: Cut;
	/** The server has cut it, and what it kept is comment only. */
	readonly isBehindComment?: true;
};

/** One row of pg_stat_activity, as this role may see it. */
export type Backend = {
	readonly id: RowId;
	readonly pid: number;
	readonly kind: Kind;
	/** backend_type in the server's own words. */
	readonly type?: string;
	/** False where this role lacks the rights: then all but pid, user and database is missing. */
	readonly isVisible: boolean;
	readonly state?: string;
	readonly wait?: WaitEvent;
	readonly leaderPid?: number;
	readonly backendStart?: Micros;
	readonly xactStart?: Micros;
	readonly queryStart?: Micros;
	readonly stateChange?: Micros;
	readonly userId?: number;
	readonly user?: string;
	readonly database?: string;
	readonly application?: string;
	readonly client?: string;
	readonly query?: QueryText;
	/** The server did not give the query's text, although this role may see the session: the query may be any. */
	readonly isUnread?: true;
	/** The server's own hash of the whole text of the query. The server compares it, so that no text travels back. */
	readonly hash?: string;
	/** The server's number for the query, whatever its constants are; since 14, and not of an idle session. */
	readonly queryId?: string;
	/** Its transaction id, once it has written, as a 32-bit xid. */
	readonly xid?: number;
	/** The oldest transaction that its snapshot needs, as a 32-bit xid. */
	readonly xmin?: number;
	/** Of a row that stands for a prepared transaction. Its pid is 0. */
	readonly prepared?: Prepared;
	/** Of a line that stands for many waiters: whom they wait for, and how many they are. Its pid is 0. */
	readonly queue?: {readonly under: RowId; readonly count: number};
};

/** Of a session: pid and backend_start, never a row number. */
export function rowId(pid: number, backendStart: Micros | undefined, userId: number | undefined): RowId {
	return `${pid}@${backendStart ?? `?${userId ?? ''}`}` as RowId;
}
