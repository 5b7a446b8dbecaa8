import type {Micros, WaitEvent} from '../backend.js';

/** What the server shows of one pid at one moment. */
export type Seen = {
	readonly pid: number;
	readonly isVisible: boolean;
	readonly userId?: number;
	readonly backendStart?: Micros;
	readonly xactStart?: Micros;
	readonly queryStart?: Micros;
	readonly state?: string;
	readonly wait?: WaitEvent;
	readonly hash?: string;
};

/** A look at one pid; `seen` is undefined when no backend has it. */
export type Look = {readonly pid: number; readonly at: Micros; readonly seen?: Seen};

/** What became of a signal's message. */
export type Answer =
	| {
			readonly type: 'answered';
			/** The server's clock in that statement; undefined when the pid was gone. */
			readonly at?: Micros;
			/** true: signal sent; false: the process was gone in between; undefined: the guard held it back. */
			readonly sent?: boolean;
			readonly seen?: Seen;
			/** Behind a pooler: it is the session that asked. */
			readonly isOwn?: true;
			/** The server's WARNING in its own words. */
			readonly warning?: string;
	  }
	/** In the server's words, and the smallest thing that helps in ours. */
	| {readonly type: 'denied'; readonly reason: string; readonly missing?: string}
	| {readonly type: 'failed'; readonly reason: string}
	/** Connection lost or timeout before the answer: nobody knows. */
	| {readonly type: 'unknown'};
