import type {Locks, SessionLock} from '../locks/lock-row.js';
import type {Micros} from '../micros.js';
import type {Answerer} from '../signal/look.js';
import type {GuardedReason} from '../signal/verdict/reason.js';
import type {Backend} from './backend.js';

/** Everything the server shows of one session, read for it alone. */
export type Inspection = Answerer & {
	readonly at: Micros;
	/** With the text of an idle session's last query, too. */
	readonly backend: Backend;
	/** Present where its transaction has written: ending the session loses that. */
	readonly xid?: string;
	/** The age of its snapshot: how many transactions have begun since the oldest whose end it does not see. For a walsender, its standby's. */
	readonly xminAge?: number;
	/** VACUUM is at work on a table: rows that died since its snapshot are removed all the same. */
	readonly isVacuuming?: true;
	readonly clientHostname?: string;
	readonly clientPort?: number;
	/** Nobody else keeps older rows: no session but a VACUUM, no slot, no prepared transaction. Looked at only with the whole query. */
	readonly isOldest?: true;
	/** What encrypts the session. */
	readonly tls?: {readonly version: string; readonly cipher?: string};
	/** The session logged in by GSSAPI, or is encrypted by it. */
	readonly gss?: {readonly isEncrypted: boolean; readonly principal?: string};
	/** What the server says that its wait event means, since 17. */
	readonly waitMeaning?: string;
	readonly queryId?: string;
	/** The whole query, safe to print, with its line breaks; absent where nothing was asked for. */
	readonly text?: string;
	/** How near the session's database is to wraparound: the larger of xid and multixact age, as a share of what is allowed. */
	readonly wraparound?: number;
	/** Reasons, known to the server, why a signal would do something else than it says. */
	readonly reasons: readonly GuardedReason[];
	/** Who waits for whom, read anew; absent where that could not be read. */
	readonly locks?: Locks;
	/** The locks that it holds and waits for, those that wait first. Read only with the whole query. */
	readonly sessionLocks?: readonly SessionLock[];
};

/** What was found under a pid; nothing when no backend has it. */
export type Inspected = Answerer & {readonly pid: number; readonly inspection?: Inspection};
