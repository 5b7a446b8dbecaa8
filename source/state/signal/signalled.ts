import type {Backend, Micros} from '../../domain/session/backend.js';
import type {Seen} from '../../domain/signal/look.js';
import type {Outcome} from '../../domain/signal/outcome.js';
import type {Order} from '../../domain/signal/target.js';

/** A signal of this run, from the key until nothing more is looked for. */
export type Signalled = {
	readonly order: Order;
	/** As it was looked at, and when, on the server's clock. */
	readonly backend: Backend;
	readonly at: Micros;
	readonly pressedAt: number;
	/** Looks are counted from here: the key, or the return of a connection that was lost before the answer. */
	readonly watchedFrom: number;
	/** The audit file could not be written. */
	readonly isUnrecorded?: true;
	/** Of a signal without an answer nobody knows whether it was sent. */
	readonly isUnknown?: true;
	/** The server said that it was sent. */
	readonly isSent: boolean;
	/** Sent once more, because the server's clock had jumped. */
	readonly isResent?: true;
	/** What the server saw of it when it sent the signal. */
	readonly found?: Seen;
	/** How many looks were asked for; undefined when no more are. */
	readonly looks?: number;
	/** When it was last seen to be still at it. */
	readonly lastSeenAt?: number;
	/** What a look has shown, and when, while the locks are read that belong to it. */
	readonly reading?: {readonly outcome: Extract<Outcome, {type: 'query ended'}>; readonly at: number};
	readonly outcome?: Outcome;
	/** When the outcome was seen. */
	readonly seenAt?: number;
	/** Nothing more is looked for. */
	readonly isOver?: true;
};
