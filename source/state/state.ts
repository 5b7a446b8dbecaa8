import type {Backend, Micros, RowId} from '../domain/backend.js';
import type {Inspection} from '../domain/inspection.js';
import type {Row} from '../domain/list/row.js';
import type {Size} from '../domain/list/window.js';
import type {Rates} from '../domain/rates.js';
import type {Rights} from '../domain/rights.js';
import type {Look} from '../domain/signal/look.js';
import type {Outcome} from '../domain/signal/outcome.js';
import type {Order, Signal} from '../domain/signal/target.js';
import type {Missing, Snapshot} from '../domain/snapshot.js';
import type {Pending} from '../terminal/decode.js';
import type {Drawn} from './drawn.js';

/** All times here are milliseconds of the store's monotonic clock, unless their type is Micros. */
export type Link =
	| {readonly type: 'up'}
	| {readonly type: 'connecting'; readonly lostAt?: number; readonly attempts: number; readonly why: string}
	| {
			readonly type: 'down';
			readonly lostAt: number;
			readonly tryAt: number;
			readonly attempts: number;
			readonly why: string;
	  };

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
	/** How many looks were asked for; undefined when no more are. */
	readonly looks?: number;
	readonly lastLook?: Look;
	readonly outcome?: Outcome;
	/** When the outcome was seen. */
	readonly seenAt?: number;
};

export type LeftOut = Missing & {readonly at: number};

export type ServerState = {
	readonly link: Link;
	readonly snapshot?: Snapshot;
	readonly receivedAt: number;
	readonly rates: Rates;
	/** Cost of the last refreshes on the server, in milliseconds, newest last. */
	readonly serverMs: readonly number[];
	/** How long the last refreshes took until their answer, in milliseconds, newest last. */
	readonly refreshMs: readonly number[];
	/** When the refresh in flight was sent. */
	readonly sampledAt?: number;
	readonly nextSampleAt: number;
	/** How many refreshes in a row have failed. */
	readonly failures: number;
	/** How many pictures came since the connection was made. */
	readonly pictures: number;
	/** Parts that are not asked for, and since when. */
	readonly leftOut: readonly LeftOut[];
	readonly rights?: Rights;
	/** Why they could not be read last. */
	readonly rightsFailed?: string;
	/** When they are read next; Infinity while they are. */
	readonly nextRightsAt: number;
	/** When a picture showed another server, or the same started anew. */
	readonly changedAt?: number;
	readonly signals: readonly Signalled[];
	/** Of the next order: no other one in this run has it, not even one that was not sent. */
	readonly nextNumber: number;
	readonly isLooking: boolean;
};

/** A question before a signal; the answer is no unless it is a lone y. */
export type Question = {
	readonly type: 'question';
	readonly signal: Signal;
	/** As it was when the key was pressed. */
	readonly backend: Backend;
	/** Why it is asked, by the facts; may be empty when the user wants to be asked. */
	readonly reasons: readonly string[];
	/** Reasons that lie with us, and not with the session. */
	readonly others: readonly string[];
	/** What was open before, and is again after it. */
	readonly over: Layer;
	/** Read anew for the question; until then it is not on the screen. */
	readonly facts?: Inspection;
	readonly openedAt: number;
	readonly drawnAt?: number;
	/** The audit file can't be written: y sends it anyway. */
	readonly isUnrecorded?: true;
};

/** One session whole; scrolls like a pager. */
export type Details = {
	readonly type: 'details';
	readonly id: RowId;
	readonly pid: number;
	readonly top: number;
	readonly inspection?: Inspection;
	readonly isGone?: true;
};

export type Layer =
	| {readonly type: 'table'}
	| {readonly type: 'help'; readonly top: number; readonly over: Layer}
	| {readonly type: 'signals'; readonly top: number}
	| {readonly type: 'alerts'; readonly top: number}
	| Details
	| Question;

/** What a lone key does when it has proven to be alone. */
export type Aim =
	| {
			readonly type: 'send';
			readonly order: Order;
			readonly backend: Backend;
			readonly at: Micros;
			readonly isUnrecorded?: true;
	  }
	| {
			readonly type: 'ask';
			readonly signal: Signal;
			readonly backend: Backend;
			/** Reasons that lie with us, and not with the session. */
			readonly others: readonly string[];
	  };

export type Said = {
	readonly text: string;
	readonly isBad?: boolean;
	/** A key was ignored: nothing that another key of the same moment has to say takes its place. */
	readonly isIgnored?: true;
	/** The next picture takes it away. */
	readonly isOfRefresh?: true;
};

export type ScreenState = {
	readonly size: Size;
	readonly layer: Layer;
	/** The time that counters on the screen show. */
	readonly clock: number;
	readonly pending: Pending;
	readonly rows: readonly Row[];
	/** First line of the window. */
	readonly top: number;
	readonly selected?: RowId;
	readonly drawn?: Drawn;
	/** Until then the order of the rows stays. */
	readonly heldUntil: number;
	readonly newSessions: number;
	readonly sort: {readonly column: string; readonly isReversed: boolean};
	readonly showsIdle: boolean;
	readonly showsBackground: boolean;
	/** Since when no refresh is read. */
	readonly pausedAt?: number;
	/** A lone c, k or y that acts when nothing follows it. */
	readonly armed?: {readonly key: 'c' | 'k' | 'y'; readonly at: number; readonly aim: Aim};
	/** A key that was just obeyed: held down it does nothing more. */
	readonly dead?: {readonly signal: Signal; readonly id: RowId; readonly at: number};
	/** A second k within this time ends the session whatever transaction it is in. */
	readonly again?: {readonly id: RowId; readonly until: number};
	readonly said?: Said;
	/** When `!` was opened last. */
	readonly alertsReadAt?: number;
	/** Number of the signal whose outcome the status line shows. */
	readonly toldOf?: number;
	/** When q was pressed while a signal had no answer yet. */
	readonly leavingAt?: number;
	/** After a lost connection or a return from the shell: nothing counts as looked at before a new picture. */
	readonly blindSince?: number;
};

export type Settings = {
	/** As the header names the server: `dba@db1:5432/shop`. */
	readonly target: string;
	readonly version: string;
	readonly isReadOnly: boolean;
	/** Signals are shown, not sent. */
	readonly isDryRun: boolean;
	/** When a question is asked first; `never` leaves out only the one for what is no client session. */
	readonly confirm: 'auto' | 'always' | 'never';
	/** Chosen interval in milliseconds. */
	readonly interval: number;
};

export type State = {readonly server: ServerState; readonly screen: ScreenState; readonly settings: Settings};
