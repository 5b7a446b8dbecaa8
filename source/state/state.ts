import type {Configuration} from '../domain/configuration/rules.js';
import type {ServerRules} from '../domain/configuration/server-rules.js';
import type {ChosenFilter} from '../domain/list/filter/chosen-filter.js';
import type {Row} from '../domain/list/row.js';
import type {Size} from '../domain/list/window.js';
import type {Micros} from '../domain/micros.js';
import type {RowId} from '../domain/row-id.js';
import type {LoginAgain} from '../domain/server/login-again.js';
import type {Noticed} from '../domain/server/noticed.js';
import type {Counted, Rates} from '../domain/server/rates.js';
import type {Part, PartFacts, Snapshot} from '../domain/server/snapshot.js';
import type {Trouble} from '../domain/server/trouble.js';
import type {Backend} from '../domain/session/backend.js';
import type {ProcessUse} from '../domain/session/process-use.js';
import type {Rights} from '../domain/session/rights.js';
import type {SeenSessions} from '../domain/session/seen.js';
import type {Aimed} from '../domain/signal/aimed.js';
import type {Signalled} from '../domain/signal/signalled.js';
import type {HandState, StatusState} from './hand.js';
import type {Drawn} from './list/frame.js';
import type {Layers} from './screen/layers.js';
import type {LeftOut} from './server/left-out.js';
import type {Begins} from './server/rules/begins.js';
import type {TreeState} from './tree/tree-state.js';

/** All times here are milliseconds of the store's monotonic clock, unless their type is Micros. */
export type Link =
	| {
			readonly type: 'up';
			/** Of a connection that is not the first one: since when it is there, and how many tries it took. */
			readonly back?: {readonly at: number; readonly attempts: number};
	  }
	| {
			readonly type: 'connecting';
			/** When the connection broke. */
			readonly lostAt?: number;
			/** Why it broke. */
			readonly lostBy?: string;
			readonly attempts: number;
			/** What the last try said. */
			readonly why: string;
			/** When a login was refused last. */
			readonly refusedAt?: number;
			/** A key has asked for this try: if the server wants a password, a person may be asked for one. */
			readonly mayAsk?: true;
	  }
	| (Trouble & {
			readonly type: 'down';
			readonly lostAt: number;
			/** Why the connection broke; `why` is what the last try said. */
			readonly lostBy?: string;
			/** When to try again; Infinity: only when a key asks for it. */
			readonly tryAt: number;
			/** When a login was refused last. */
			readonly refusedAt?: number;
			readonly attempts: number;
			/** Who was refused, by role, host and database. Present where another password, which a person knows, may help. */
			readonly passwordFor?: string;
			/** A key has asked for the next try: this says with which password. */
			readonly again?: LoginAgain;
	  });

export type ServerState = {
	readonly link: Link;
	/** How its list begins. */
	readonly begins: Begins;
	/** The last picture; a held one stays. */
	readonly snapshot?: Snapshot;
	/** When the picture came; before the first one, when the program started. */
	readonly receivedAt: number;
	/** What the last pictures have counted, oldest first. */
	readonly counted: readonly Counted[];
	/** Means over these pictures. */
	readonly rates: Rates;
	/** Transactions per second at the last pictures, oldest first; undefined where none can be told. */
	readonly tpsBefore: readonly (number | undefined)[];
	/** What only several pictures together tell. */
	readonly noticed: Noticed;
	/** What the processes of the sessions on the screen use; absent where the server is not this machine. */
	readonly uses?: ReadonlyMap<RowId, ProcessUse>;
	/** What pictures have shown of each session, and show no more. */
	readonly seen: SeenSessions;
	/** Cost of the last refreshes on the server, in milliseconds, newest last. */
	readonly serverMs: readonly number[];
	/** How long the last refreshes took until their answer, in milliseconds, newest last. */
	readonly refreshMs: readonly number[];
	/** When the refresh in flight was sent. */
	readonly sampledAt?: number;
	/** When the next refresh is due; Infinity: none is, because the picture is held. */
	readonly nextSampleAt: number;
	/** How many refreshes in a row have failed. */
	readonly failures: number;
	/** Why the last refresh failed. */
	readonly refused?: Trouble;
	/** How many pictures have come since the connection was made. */
	readonly pictures: number;
	/** Which server answers now: the picture on the screen may be of the server before. */
	readonly instance?: Instance;
	/** A picture is held, so the next one is not shown: it only tells which server answers. */
	readonly isIdentifying?: true;
	/** The parts of a refresh that this server has. */
	readonly parts: readonly PartFacts[];
	/** When each part was read last over this connection; without those that have failed since. */
	readonly readAt: {readonly [part in Part]?: number};
	/** Parts that are not asked for. */
	readonly leftOut: readonly LeftOut[];
	/** When locks are asked for again, which cost much and nobody waits for. */
	readonly locksAt?: number;
	readonly rights?: Rights;
	/** Why the rights could not be read last. */
	readonly rightsFailed?: string;
	/** When the rights are read next; Infinity while they are being read. */
	readonly nextRightsAt: number;
	/** Another server has come in the place of the one whose rules are in force: how many answers with its names are due. At 0 the next picture asks. */
	readonly awaitedNames?: number;
	/** When a picture last showed another server, a restart, or a crash. */
	readonly changed?: {readonly at: number; readonly isCrash: boolean};
	/** The signals of this run, oldest first. */
	readonly signals: readonly Signalled[];
	/** The number of the next order. No other order in this run has it, not even one that was not sent. */
	readonly nextNumber: number;
	/** A look at signalled sessions is under way. */
	readonly isLooking: boolean;
};

/** What tells one server from another, where this role may read it. */
export type Instance = {
	/** When the postmaster had started. */
	readonly startedAt?: Micros;
	/** When the checkpointer had started: after a crash the postmaster is the same, and the checkpointer another one. */
	readonly checkpointerStart?: Micros;
};

/** What the screen shows. */
export type ScreenState = TreeState & {
	readonly size: Size;
	readonly layers: Layers;
	/** The time by which the screen counts. */
	readonly clock: number;
	/** The whole list, in the order on the screen. */
	readonly rows: readonly Row<Backend>[];
	/** Index of the first row in the window. */
	readonly top: number;
	readonly selected?: RowId;
	/** Each as it was when it was tagged, in the order in which they were. */
	readonly tags: ReadonlyMap<RowId, Aimed>;
	/** Absent where nothing on the terminal counts as looked at. */
	readonly drawn?: Drawn;
	/** The order of the rows stays until then. */
	readonly heldUntil: number;
	/** How many sessions are not listed yet, because the order is held. */
	readonly newSessions: number;
	/** Ids of the columns that were chosen, in their order on the screen; absent, the width of the terminal decides. */
	readonly columns?: readonly string[];
	/** How wide columns have grown, in cells, by their ids, and the rows that they have grown for. At one width of the terminal they never become narrower. */
	readonly grown: {readonly widths: {readonly [id: string]: number}; readonly rows: readonly Row<Backend>[]};
	/** `column` is the id of a column, shown or not; `isReversed` is against the first order of that column. */
	readonly sort: {readonly column: string; readonly isReversed: boolean};
	readonly filter?: ChosenFilter;
	/** It was said once which texts a filter does not look at. */
	readonly hasSaidTexts?: true;
	readonly showsIdle: boolean;
	readonly showsBackground: boolean;
	/** What was chosen for the pane; absent, the height of the terminal decides. */
	readonly showsPane?: boolean;
	/** Since when the picture is held, and no refresh is asked for. */
	readonly pausedAt?: number;
	/** When `!` was opened last. */
	readonly alertsReadAt?: number;
	/** When the connection broke, or the shell gave the screen back: since then nothing counts as looked at, until a new picture comes. */
	readonly blindSince?: number;
};

export type RunSettings = {
	/** With which the list begins. */
	readonly filter?: ChosenFilter;
	/** As the header names the server: `dba@db1:5432/shop`. */
	readonly target: string;
	/** Of pgtop. */
	readonly version: string;
	/** Signals are shown, not sent. */
	readonly isDryRun: boolean;
	/** Chosen interval in milliseconds. */
	readonly interval: number;
	/** The terminal draws no sign that is not ASCII. */
	readonly isAscii: boolean;
	/** What the rules for each server come from. */
	readonly configuration: Configuration;
};

/** Those of a run, and what holds for the server that it talks to. */
export type Settings = RunSettings & ServerRules;

export type State = {
	readonly server: ServerState;
	readonly screen: ScreenState;
	readonly hand: HandState;
	readonly status: StatusState;
	readonly settings: Settings;
};
