import type {LockSight} from '../locks/lock-sight.js';
import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';
import type {ProcessUse} from '../session/process-use.js';

/** What a list can show: told from all others by its id. */
export type Item = {readonly id: RowId};

/** One line of a list: a session, or whatever is listed, as it was last seen. */
export type Row<V extends Item> = {
	readonly value: V;
	/** The server's clock in the last picture that showed it: ages of a gone row stand still. */
	readonly at: Micros;
	/** The next transaction id in that picture: ages of transaction ids are counted from it. */
	readonly nextXid?: number;
	/** How it stood to the locks of others in that picture; absent where it neither waits nor blocks. */
	readonly lock?: LockSight;
	readonly isGone: boolean;
	/** It was on a server that does not answer any more: nothing is known of it now. */
	readonly isOfBefore?: true;
};

/** Why a row is dimmed: every dimmed row has such a word. */
export type Word = 'gone' | 'stale' | 'hidden' | 'not in filter';

/** What a line says of a row besides its own values. */
export type Marks = {
	readonly word?: Word;
	/** One cell wide. It stands in the second cell of the line. */
	readonly flag?: string;
	/** What the column that takes the rest says instead of its own text. */
	readonly note?: string;
	/** What its process uses, where the server is this machine. */
	readonly use?: ProcessUse;
	/** How many parallel workers stand under it. */
	readonly workers?: number;
	/** It stands under a row above, or in the tree: the text of the column that takes the rest begins with this. */
	readonly indent?: string;
	/** Nothing goes on in it: it is dim, and its own cells say why. */
	readonly isQuiet?: true;
};

export type ShownRow<V extends Item> = {readonly row: Row<V>; readonly marks: Marks};

export const indexOfRow = (rows: readonly Row<Item>[], id: RowId | undefined) =>
	id === undefined ? -1 : rows.findIndex(({value}) => value.id === id);

export const rowWith = <V extends Item>(rows: readonly Row<V>[], id: RowId | undefined) =>
	rows[indexOfRow(rows, id)];

/** What is said of a session that was on another server. */
export const ofBefore = (name: string) => `${name} is of the server before: nothing is known of it`;
