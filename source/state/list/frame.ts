import type {Micros} from '../../domain/micros.js';
import type {RowId} from '../../domain/row-id.js';
import type {Backend} from '../../domain/session/backend.js';

/** A picture: when it was taken, on the server's clock, and of which server, by the start of its postmaster. */
export type Taken = {readonly at: Micros; readonly startedAt?: Micros};

/** A row as a frame shows it. `line` is where it stands; absent where the list is not in its usual place. */
export type FrameRow = {readonly backend: Backend; readonly taken: Taken; readonly line?: number};

/** What a frame shows that a key may act on. */
export type Frame = {
	readonly rows: readonly FrameRow[];
	readonly highlighted?: RowId;
	/** The list is in it, and above that the alerts: who blocks most in the picture, if anybody does. */
	readonly alerts?: {readonly worst?: RowId};
	readonly hasQuestion: boolean;
	/** A password can be typed. */
	readonly hasPasswordLine?: true;
	/** What the question says, as `saidBy` puts it: the same question may say something else later. */
	readonly says?: string;
	/** Numbers of the signals whose outcome the frame says. */
	readonly signals?: readonly number[];
};

/** A row as it was drawn at `drawnAt`. */
export type DrawnRow = {readonly backend: Backend; readonly taken: Taken; readonly drawnAt: number};

/** A row that is on the screen. */
export type Seat = {
	readonly line?: number;
	/** Since when the row stands in that line. */
	readonly since: number;
	/** The row's values as they were drawn, and since when; oldest first. */
	readonly looks: readonly DrawnRow[];
};

/** What is on the screen: a key acts on what was looked at, not on what came in since. */
export type Drawn = {
	readonly seats: ReadonlyMap<RowId, Seat>;
	readonly highlighted?: {readonly id: RowId; readonly since: number};
};
