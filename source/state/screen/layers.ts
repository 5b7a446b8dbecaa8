import type {Secret} from '../../domain/server/login-again.js';
import type {Backend, Micros, RowId} from '../../domain/session/backend.js';
import type {Inspection} from '../../domain/session/inspection.js';
import type {Signal, Work} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';

/** A question before a signal; the answer is no unless it is a lone y. */
export type Question = {
	readonly type: 'question';
	readonly signal: Signal;
	/** As it was when the key was pressed, on the server whose postmaster had started then. */
	readonly backend: Backend;
	readonly startedAt?: Micros;
	/** Why it is asked, by the facts; may be empty when the user wants to be asked. */
	readonly reasons: readonly Reason[];
	/** Reasons that lie with us, and not with the session. */
	readonly others: readonly Reason[];
	/** Read anew for the question, and every second from then on; until then it is not on the screen. */
	readonly facts?: Inspection;
	/** What the facts showed at first, and y demands. */
	readonly work?: Work;
	/** It is at something else since: y demands the session alone. */
	readonly isMoved?: true;
	/** The facts have to be read anew before it can be answered. */
	readonly isOld?: true;
	readonly openedAt: number;
	/** When the facts were asked for last; undefined while they are read. */
	readonly askedAt?: number;
	readonly drawnAt?: number;
	/** How long it has to be on the screen before it can be answered, in milliseconds. */
	readonly readFor: number;
	/** Number of the signal that y has sent: open until the server has answered. */
	readonly sent?: number;
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

/** A password is typed in the status line, which does not show it. */
export type PasswordLine = {
	readonly type: 'password';
	/** By role, host and database. */
	readonly who: string;
	readonly typed: Secret;
	readonly isDrawn?: true;
};

export type Layer =
	| {readonly type: 'table'}
	| {readonly type: 'help'; readonly top: number}
	| {readonly type: 'signals'; readonly top: number}
	| {readonly type: 'alerts'; readonly top: number}
	| Details
	| PasswordLine
	| Question;

/** What is open, the uppermost first: when it is closed, what is under it is there again. */
export type Layers = readonly [Layer, ...Layer[]];

const table: Layer = {type: 'table'};

export const onlyTable: Layers = [table];

export const opened = (layers: Layers, layer: Layer): Layers => [layer, ...layers];

export const closed = ([, next = table, ...others]: Layers): Layers => [next, ...others];

/** The uppermost is another one, or another state of it. */
export const changed = ([, ...others]: Layers, layer: Layer): Layers => [layer, ...others];

/** What takes the place of the list, or the list: a question stands under it, and a password in the status line. */
export const shownLayer = (layers: Layers): Layer =>
	layers.find(({type}) => type !== 'question' && type !== 'password') ?? table;
