import type {Micros} from '../micros.js';

/** A statement of a session, as pictures have shown it. Times are the server's. */
export type SeenStatement = {
	/** Safe to print; as much of it as the pictures have. */
	readonly text: string;
	readonly queryStart: Micros;
	/** The last picture in which it ran. */
	readonly lastRun: Micros;
	/** When it had ended, where a picture tells: the session was idle since. */
	readonly endedAt?: Micros;
};
