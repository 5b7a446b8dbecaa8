import type {Backend, Micros, RowId} from '../domain/backend.js';

/** A picture: when it was taken, on the server's clock, and when it came. */
export type Taken = {readonly at: Micros; readonly receivedAt: number};

/** A row as it was drawn at `drawnAt`, with the picture that it is of. */
export type DrawnRow = {readonly backend: Backend; readonly taken: Taken; readonly drawnAt: number};

/** What was on the screen, highlighted: a key acts on what was looked at, not on what came in since. */
export type Drawn = {
	readonly id: RowId;
	/** From the first frame that showed it highlighted. */
	readonly since: number;
	/** Its values as drawn and since when, oldest first. */
	readonly looks: readonly DrawnRow[];
};
