import type {Backend, Micros} from './backend.js';

/** Everything the server shows of one session, read for it alone. */
export type Inspection = {
	readonly at: Micros;
	/** With the text of an idle session's last query, too. */
	readonly backend: Backend;
	/** Its transaction has written: ending it loses that. */
	readonly xid?: string;
	/** How many transactions its snapshot is behind. */
	readonly xminAge?: number;
	readonly clientHostname?: string;
	readonly clientPort?: number;
	/** Version of TLS, when the session is encrypted. */
	readonly tls?: string;
	readonly queryId?: string;
	/** The whole query, safe to print, with its line breaks; absent where nothing was asked for. */
	readonly text?: string;
	/** How near the session's database is to wraparound: the larger of xid and multixact age, as a share of what is allowed. */
	readonly wraparound?: number;
};

/** What was found under a pid; nothing when no backend has it. */
export type Inspected = {readonly pid: number; readonly inspection?: Inspection};
