import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';

/** A statement that a session has run, as pictures have caught it: it has run others of which they tell nothing. Times are the server's. */
export type SeenStatement = {
	/** Safe to print; its beginning. */
	readonly text: string;
	readonly queryStart: Micros;
	/** The last picture in which it ran. */
	readonly lastRun: Micros;
	/** When it had ended, where a picture tells: the session has not run anything since. */
	readonly endedAt?: Micros;
	/** Where none tells: it had ended by then, as the session began another one. */
	readonly endedBy?: Micros;
};

type Statements = ReadonlyMap<RowId, readonly SeenStatement[]>;

/** What has been seen of each session, in two maps, because a picture makes those anew that it changes: most sessions do nothing for a long time, and are in the large one. */
export type SeenSessions = {readonly recent: Statements; readonly older: Statements};

export const nothingSeen: SeenSessions = {recent: new Map(), older: new Map()};

/** The last statements of a session, oldest first, without the one that it still shows. */
export const seenOf = ({recent, older}: SeenSessions, id: RowId): readonly SeenStatement[] =>
	recent.get(id) ?? older.get(id) ?? [];
