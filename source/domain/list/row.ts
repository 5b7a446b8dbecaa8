import type {Backend, Micros, RowId} from '../session/backend.js';

/** One line of the list: a session as it was last seen. */
export type Row = {
	readonly value: Backend;
	/** The server's clock in the last picture that showed the session: ages of a gone row stand still. */
	readonly at: Micros;
	readonly isGone: boolean;
	/** The session was on a server that does not answer any more: nothing is known of it now. */
	readonly isOfBefore?: true;
};

/** Why a row is dimmed: every dimmed row has such a word. */
export type Word = 'gone' | 'stale' | 'hidden';

/** A row with what is known of it besides its own values. */
export type ShownRow = Row & {
	readonly word?: Word;
	/** This role can't signal it. */
	readonly flag?: '-';
	/** What came of a signal to it. */
	readonly outcome?: string;
};

export const indexOfRow = (rows: readonly Row[], id: RowId | undefined) =>
	id === undefined ? -1 : rows.findIndex(({value: backend}) => backend.id === id);

export const rowWith = (rows: readonly Row[], id: RowId | undefined) => rows[indexOfRow(rows, id)];

/** What is said of a session that was on another server. */
export const ofBefore = (pid: number) => `${pid} is of the server before: nothing is known of it`;
