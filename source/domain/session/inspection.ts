import type {Answerer} from '../signal/look.js';
import type {GuardedReason} from '../signal/verdict/reason.js';
import type {Backend, Micros} from './backend.js';

/** Everything the server shows of one session, read for it alone. */
export type Inspection = Answerer & {
	readonly at: Micros;
	/** With the text of an idle session's last query, too. */
	readonly backend: Backend;
	/** Its transaction has written: ending it loses that. */
	readonly xid?: string;
	/** How many transactions have begun since the oldest that its snapshot does not see the end of; of a walsender, its standby's. */
	readonly xminAge?: number;
	/** VACUUM is at work on a table: what died since its snapshot is removed all the same. */
	readonly isVacuuming?: true;
	readonly clientHostname?: string;
	readonly clientPort?: number;
	/** Version of TLS, when the session is encrypted. */
	readonly tls?: string;
	readonly queryId?: string;
	/** The whole query, safe to print, with its line breaks; absent where nothing was asked for. */
	readonly text?: string;
	/** How near the session's database is to wraparound: the larger of xid and multixact age, as a share of what is allowed. */
	readonly wraparound?: number;
	/** What the server knows of a signal that would do something else than it says. */
	readonly reasons: readonly GuardedReason[];
};

/** What was found under a pid; nothing when no backend has it. */
export type Inspected = Answerer & {readonly pid: number; readonly inspection?: Inspection};
