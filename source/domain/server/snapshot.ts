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
	| 'counters';

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
	readonly resetAt?: Micros;
	/** With track_counts off the server adds nothing, or not everything. */
	readonly isOff?: true;
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
	readonly missing: readonly Missing[];
};
