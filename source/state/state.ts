import type {Row} from '../domain/list/row.js';
import type {Size} from '../domain/list/window.js';
import type {LoginAgain} from '../domain/server/login-again.js';
import type {Rates} from '../domain/server/rates.js';
import type {Missing, Snapshot} from '../domain/server/snapshot.js';
import type {Micros, RowId} from '../domain/session/backend.js';
import type {Rights} from '../domain/session/rights.js';
import type {Signalled} from '../domain/signal/signalled.js';
import type {Signal} from '../domain/signal/target.js';
import type {Pending} from '../terminal/decode.js';
import type {Drawn} from './list/frame.js';
import type {Layers} from './screen/layers.js';
import type {Aim} from './signal/aim.js';

/** All times here are milliseconds of the store's monotonic clock, unless their type is Micros. */
export type Link =
	| {readonly type: 'up'}
	| {
			readonly type: 'connecting';
			readonly lostAt?: number;
			readonly attempts: number;
			readonly why: string;
			/** When a login was refused last. */
			readonly refusedAt?: number;
			/** A key has asked for it: where a password is wanted it may be asked for. */
			readonly mayAsk?: true;
	  }
	| {
			readonly type: 'down';
			readonly lostAt: number;
			/** Infinity waits for a key. */
			readonly tryAt: number;
			/** When a login was refused last. */
			readonly refusedAt?: number;
			readonly attempts: number;
			readonly why: string;
			/** Who was refused for want of another password, which a person may know. */
			readonly passwordFor?: string;
			/** Asked for by a key. */
			readonly again?: LoginAgain;
	  };

export type LeftOut = Missing & {
	/** When it is asked for again; Infinity until something happens. */
	readonly askAt: number;
};

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
	/** Why the last one has. */
	readonly refused?: string;
	/** How many pictures came since the connection was made. */
	readonly pictures: number;
	/** Which server answers: the picture may be of the one before. */
	readonly instance?: Instance;
	/** The next picture is not shown, because one is held: it tells which server answers. */
	readonly isIdentifying?: true;
	/** Parts that are not asked for. */
	readonly leftOut: readonly LeftOut[];
	readonly rights?: Rights;
	/** Why they could not be read last. */
	readonly rightsFailed?: string;
	/** When they are read next; Infinity while they are. */
	readonly nextRightsAt: number;
	/** When a picture showed another server, or the same started anew, or that it had crashed. */
	readonly changed?: {readonly at: number; readonly isCrash: boolean};
	readonly signals: readonly Signalled[];
	/** Of the next order: no other one in this run has it, not even one that was not sent. */
	readonly nextNumber: number;
	readonly isLooking: boolean;
};

/** What tells one server from another, where this role may read it. */
export type Instance = {
	/** When its postmaster had started. */
	readonly startedAt?: Micros;
	/** After a crash the postmaster is the same, and the checkpointer another one. */
	readonly checkpointerStart?: Micros;
};

/** What is seen. */
export type ScreenState = {
	readonly size: Size;
	readonly layers: Layers;
	/** The time that counters on the screen show. */
	readonly clock: number;
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
	/** When `!` was opened last. */
	readonly alertsReadAt?: number;
	/** After a lost connection or a return from the shell: nothing counts as looked at before a new picture. */
	readonly blindSince?: number;
};

/** What the keys have begun, and what the next ones must not do. */
export type HandState = {
	/** Bytes that are no key yet. */
	readonly pending: Pending;
	/** A lone c, k or y that acts when nothing follows it. */
	readonly armed?: {readonly key: 'c' | 'k' | 'y'; readonly at: number; readonly aim: Aim};
	/** A key that was just obeyed: held down it does nothing more. */
	readonly obeyed?: {readonly signal: Signal; readonly id: RowId; readonly at: number};
	/** Of this session it was said, by the outcome of that signal, that it is at something else: a second k ends it whatever it does. */
	readonly secondK?: {readonly id: RowId; readonly number: number; readonly drawnAt?: number};
	/** A question has closed by itself: until then a y may have been meant for it. */
	readonly deafUntil?: number;
	/** The line of a password has just ended: what comes together with its end was pasted with it. */
	readonly isBehindPassword?: true;
	/** When q was pressed while a signal had no answer yet. */
	readonly quittingAt?: number;
};

/** What is said of the last key, or of the last refresh. */
export type Note = {
	readonly text: string;
	readonly isBad?: boolean;
	/** A key was ignored: nothing that another key of the same moment has to say takes its place. */
	readonly isIgnored?: true;
	/** The next picture takes it away. */
	readonly isOfRefresh?: true;
	/** Until then it comes before everything else. */
	readonly until?: number;
};

export type StatusState = {
	readonly note?: Note;
	/** Number of the signal whose outcome is said. */
	readonly signal?: number;
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

export type State = {
	readonly server: ServerState;
	readonly screen: ScreenState;
	readonly hand: HandState;
	readonly status: StatusState;
	readonly settings: Settings;
};
