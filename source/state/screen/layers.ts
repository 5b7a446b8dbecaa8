import type {ChosenFilter} from '../../domain/list/filter/chosen-filter.js';
import type {Prepared} from '../../domain/locks/prepared.js';
import type {RowId} from '../../domain/row-id.js';
import type {ChosenAlert} from '../../domain/server/alarms/finding.js';
import type {Inspection} from '../../domain/session/inspection.js';
import type {Aimed} from '../../domain/signal/aimed.js';
import type {Signal, Work} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';
import type {Some} from '../../domain/some.js';
import type {Secret} from '../../domain/text/secrets/secret.js';
import type {EditedLine} from '../../domain/text/typed/edited-line.js';

/** A session that a question is about. */
export type Asked = {
	/** As it was when the key was pressed. */
	readonly aimed: Aimed;
	/** Why the question is asked, by the facts. May be empty where the user wants to be asked always. */
	readonly reasons: readonly Reason[];
	/** Read anew for the question, and then every second. */
	readonly facts?: Inspection;
	/** What the session did by the first facts: y demands that it still does. */
	readonly work?: Work;
	/** The session does something else since: y demands only the same session. */
	readonly isMoved?: true;
	/** The facts have to be read anew before the question can be answered. */
	readonly isOld?: true;
	/** When the facts were asked for last; undefined while they are read. */
	readonly askedAt?: number;
	/** Number of the signal that y has sent: the session stays in the question until the server has answered. */
	readonly sent?: number;
	/** Of one that was tagged: why it will get no signal. It stays in the question, which tells how many these are. */
	readonly leftOut?: string;
	/** Of one that was tagged: it is at something else than then. */
	readonly isElsewhere?: true;
	/** Of one that was tagged: when a reason came, and which there were before. */
	readonly added?: {readonly at: number; readonly before: readonly Reason[]};
};

/** A question before a signal; the answer is no unless it is a lone y. */
export type Question = {
	readonly type: 'question';
	readonly signal: Signal;
	readonly asked: Some<Asked>;
	/** Reasons that have to do with pgtop, not with the sessions. */
	readonly others: readonly Reason[];
	readonly openedAt: number;
	/** When the question, with what it says now, reached the terminal. */
	readonly drawnAt?: number;
	/** How long the question has to be on the screen before it can be answered, in milliseconds. */
	readonly readFor: number;
	/** The audit file can't be written: y sends the signal anyway. */
	readonly isUnrecorded?: true;
	/** It is about what was tagged, be that one session or hundreds. */
	readonly isTagged?: true;
	/** Index of the first session in its list, where that is longer than its place. */
	readonly top?: number;
};

/** One session whole; scrolls like a pager. */
export type Details = {
	readonly type: 'details';
	readonly id: RowId;
	readonly pid: number;
	readonly top: number;
	readonly inspection?: Inspection;
	readonly isGone?: true;
	/** The text of a query that was to be formatted last. */
	readonly asked?: string;
	/** What has become of a text; without `text`, it stays as it is. */
	readonly formatted?: {readonly of: string; readonly text?: string};
};

/** A password is typed in the status line, which does not show it. */
export type PasswordLine = {
	readonly type: 'password';
	/** Whose password it is, by role, host and database. */
	readonly who: string;
	readonly typed: Secret;
	readonly isDrawn?: true;
};

/** The filter is typed in the status line, live. */
export type FilterLine = {
	readonly type: 'filter';
	readonly line: EditedLine;
	/** What Esc puts back. */
	readonly before?: ChosenFilter;
	/** What is wrong with what was typed; the last good filter is in force. */
	readonly problem?: string;
};

/** A pid is typed in the status line, and its session is selected as soon as there is one. */
export type PidLine = {
	readonly type: 'pid';
	readonly line: EditedLine;
	/** What was selected: Esc puts it back. */
	readonly before?: RowId;
	readonly problem?: string;
};

export type ChooserItem = {
	/** Id of a column, or `byWidth`. */
	readonly id: string;
	/** It is among the columns that are shown. */
	readonly isOn?: boolean;
};

/** A list of columns in place of the sessions. What is typed narrows it. */
export type Chooser = {
	readonly type: 'chooser';
	readonly of: 'sort' | 'columns';
	readonly line: EditedLine;
	/** All there are, in their order. */
	readonly items: readonly ChooserItem[];
	/** Id of the item that Enter takes. */
	readonly chosen?: string;
	readonly top: number;
	readonly problem?: string;
};

/** All alerts, of which the arrows choose one. */
export type AlertList = {readonly type: 'alerts'; readonly top: number; readonly chosen?: ChosenAlert};

/** What ends a prepared transaction: the arrows choose one of two texts. */
export type PreparedChoice = {
	readonly type: 'prepared';
	readonly prepared: Prepared;
	readonly top: number;
	readonly chosen?: number;
};

export type Layer =
	| {readonly type: 'table'}
	| {readonly type: 'help'; readonly top: number}
	| {readonly type: 'signals'; readonly top: number}
	| AlertList
	| PreparedChoice
	| Details
	| PasswordLine
	| FilterLine
	| PidLine
	| Chooser
	| Question;

/** What is open, the uppermost first. When that is closed, the layer under it shows again. */
export type Layers = readonly [Layer, ...Layer[]];

const table: Layer = {type: 'table'};

export const onlyTable: Layers = [table];

export const opened = (layers: Layers, layer: Layer): Layers => [layer, ...layers];

export const closed = ([, next = table, ...others]: Layers): Layers => [next, ...others];

/** Another layer, or another state of the same one, in the place of the uppermost. */
export const changed = ([, ...others]: Layers, layer: Layer): Layers => [layer, ...others];

/** What does not take the place of the list: a question stands under it, and a line is typed in the status line. */
const beside: readonly Layer['type'][] = ['question', 'password', 'filter', 'pid'];

/** The layer in the place of the list, or the list. */
export const shownLayer = (layers: Layers): Layer => layers.find(({type}) => !beside.includes(type)) ?? table;
