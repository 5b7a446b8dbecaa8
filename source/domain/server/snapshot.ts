import type {Locks} from '../locks/lock-row.js';
import type {Prepared} from '../locks/prepared.js';
import type {Micros} from '../micros.js';
import type {Backend} from '../session/backend.js';

/** The parts of a refresh that can be left out. */
export type Part =
	| 'recovery'
	| 'start'
	| 'zone'
	| 'self'
	| 'roles'
	| 'databases'
	| 'applications'
	| 'clients'
	| 'texts'
	| 'hashes'
	| 'counters'
	| 'wal'
	| 'nextXid'
	| 'limits'
	| 'wraparound'
	| 'slots'
	| 'standbys'
	| 'receiver'
	| 'archiver'
	| 'prepared'
	| 'locks'
	| 'relations'
	| 'vacuums';

/** What is known of a part by whoever asks for it. */
export type PartFacts = {
	readonly part: Part;
	/** What an alert calls it when it is left out. */
	readonly name: string;
	/** Its own pace, in milliseconds; absent, it comes with each refresh. */
	readonly every?: number;
};

export type ServerFacts = {
	/** As the server writes it, cut to the number: `17.5`. */
	readonly version: string;
	readonly major: number;
	readonly recovery?: 'PRIMARY' | 'STANDBY' | 'PAUSED';
	readonly startedAt?: Micros;
	readonly maxConnections: number;
	readonly user?: string;
	readonly database?: string;
	/** log_timezone now, because the clock on the screen is compared with the server's log. */
	readonly zone?: {readonly name: string; readonly offsetSeconds: number};
};

/** Raw sums over pg_stat_database since `resetAt`. */
export type Counters = {
	readonly commits: number;
	readonly rollbacks: number;
	readonly blocksHit: number;
	readonly blocksRead: number;
	readonly tempBytes?: number;
	readonly deadlocks?: number;
	/** Queries that a standby had to end. */
	readonly conflicts?: number;
	readonly resetAt?: Micros;
	/** When the server wrote these down, where it has them from a file: before 15. */
	readonly readAt?: Micros;
	/** With track_counts off the server adds nothing, or not everything. */
	readonly isOff?: true;
};

/** Where limits lie: settings of the server. */
export type Limits = {
	/** Connection slots that ordinary roles don't get. */
	readonly reservedConnections: number;
	/** autovacuum_max_workers */
	readonly autovacuumWorkers: number;
	/** autovacuum_freeze_max_age and that of multixacts, in transactions. */
	readonly freezeMaxAge: number;
	readonly multixactFreezeMaxAge: number;
	/** vacuum_failsafe_age and that of multixacts; since 14. */
	readonly failsafeAge?: number;
	readonly multixactFailsafeAge?: number;
	/** max_slot_wal_keep_size in bytes; absent before 13, and where it is unlimited. */
	readonly slotKeepBytes?: number;
	/** synchronous_standby_names, safe to print; absent where it is empty. */
	readonly synchronousStandbys?: string;
};

/** The oldest unfrozen transaction of a database, or multixact, in transactions ago. */
export type Wraparound = {readonly database: string; readonly xidAge: number; readonly multixactAge: number};

export type ReplicationSlot = {
	readonly name: string;
	readonly isActive: boolean;
	/** WAL that it keeps, in bytes. */
	readonly retainedBytes?: number;
	/** wal_status in the server's words; since 13. */
	readonly walStatus?: string;
	/** The oldest transaction that it keeps rows for, as a 32-bit xid: the older of xmin and catalog_xmin. */
	readonly xmin?: number;
};

/** A standby, or another client of the WAL, by its walsender. */
export type Standby = {
	readonly pid: number;
	readonly name: string;
	readonly client?: string;
	/** `streaming`, `catchup`, ..., in the server's words. */
	readonly state?: string;
	/** WAL that it has not replayed, in bytes. */
	readonly lagBytes?: number;
	/** replay_lag, in microseconds. */
	readonly replayLag?: number;
};

/** Of a standby: how it stands to its primary. */
export type Receiver = {
	/** A walreceiver runs. */
	readonly isReceiving: boolean;
	/** When the last transaction that was replayed was committed on the primary. */
	readonly replayedAt?: Micros;
	/** Everything that was received is replayed. */
	readonly isCaughtUp?: boolean;
};

export type Archiver = {
	/** archive_mode: `off`, `on`, and `always`, which holds on a standby, too. */
	readonly mode: string;
	readonly archivedAt?: Micros;
	readonly failedAt?: Micros;
	readonly failedWal?: string;
	readonly failures: number;
};

/** A part that the server did not answer, and why, in its own words. */
export type Missing = Pick<PartFacts, 'part' | 'name'> & {
	readonly why: string;
	/** The part took too long, and may work in a while. Any other reason lasts as long as the connection. */
	readonly isForNow: boolean;
};

/** One picture of the server: start times and raw counters, never ages or rates. */
export type Snapshot = {
	/** The server's clock when the batch ended. */
	readonly at: Micros;
	/** What the batch cost the server: last minus first clock, in milliseconds. */
	readonly serverMs: number;
	/** From the same batch, because behind a pooler the pid changes. */
	readonly ownPid: number;
	readonly server: ServerFacts;
	readonly backends: readonly Backend[];
	readonly counters?: Counters;
	/** How far the WAL is written, or replayed on a standby, in bytes. */
	readonly walBytes?: number;
	/** The next transaction id, with its epoch. Ages of transaction ids are counted from it. */
	readonly nextXid?: number;
	readonly limits?: Limits;
	/** Of each database. */
	readonly wraparound?: readonly Wraparound[];
	readonly slots?: readonly ReplicationSlot[];
	readonly standbys?: readonly Standby[];
	readonly receiver?: Receiver;
	readonly archiver?: Archiver;
	readonly prepared?: readonly Prepared[];
	readonly locks?: Locks;
	/** Names of tables of our own database that a lock was waited for, safe to print, by their oids. */
	readonly relations?: readonly {readonly id: number; readonly name: string}[];
	/** Pids of running VACUUMs: no snapshot of theirs holds anything back. */
	readonly vacuums?: readonly number[];
	readonly missing: readonly Missing[];
};
