import type {Backend, Micros, RowId} from '../../domain/session/backend.js';

/** A picture: when it was taken, on the server's clock, and of which server, by the start of its postmaster. */
export type Taken = {readonly at: Micros; readonly startedAt?: Micros};

/** A row as a frame shows it. `line` is that of the list; none where the list is not in its usual place. */
export type FrameRow = {readonly backend: Backend; readonly taken: Taken; readonly line?: number};

/** What a frame shows of what a key may act on. */
export type Frame = {
	readonly rows: readonly FrameRow[];
	readonly highlighted?: RowId;
	readonly hasQuestion: boolean;
	/** A password can be typed. */
	readonly hasPasswordLine?: true;
	/** What that question says, told from what it says once that has changed. */
	readonly says?: string;
	/** Number of the signal whose outcome it says. */
	readonly signal?: number;
};

/** A row as it was drawn at `drawnAt`. */
export type DrawnRow = {readonly backend: Backend; readonly taken: Taken; readonly drawnAt: number};

/** A row that is on the screen. */
export type Seat = {
	readonly line?: number;
	/** Since when it stands in that line. */
	readonly since: number;
	/** Its values as drawn and since when, oldest first. */
	readonly looks: readonly DrawnRow[];
};

/** What is on the screen: a key acts on what was looked at, not on what came in since. */
export type Drawn = {
	readonly seats: ReadonlyMap<RowId, Seat>;
	readonly highlighted?: {readonly id: RowId; readonly since: number};
};
