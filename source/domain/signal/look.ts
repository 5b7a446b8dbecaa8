import type {Micros} from '../micros.js';
import type {WaitEvent} from '../session/backend.js';
import type {GuardedReason} from './verdict/reason.js';

/** What the server shows of one pid at one moment. */
export type Seen = {
	readonly pid: number;
	readonly userId?: number;
	readonly backendStart?: Micros;
	readonly xactStart?: Micros;
	readonly queryStart?: Micros;
	readonly stateChange?: Micros;
	readonly state?: string;
	readonly wait?: WaitEvent;
	readonly hash?: string;
};

/** Who answered: behind a pooler not always the server that was asked before. */
export type Answerer = {
	/** When its postmaster had started; absent where this role may not read it. */
	readonly startedAt?: Micros;
	/** Behind a pooler: the session that asks has that pid itself, so no other session is seen. */
	readonly isOwn?: true;
};

type Started = {readonly startedAt?: Micros | undefined};

/** Whether two of them are of different servers, or of one that was restarted in between. Where one start can't be read nobody knows, and they count as of one. */
export const isOfAnotherStart = (one: Started | undefined, other: Started | undefined): boolean =>
	one?.startedAt !== undefined && other?.startedAt !== undefined && one.startedAt !== other.startedAt;

/** A look at one pid; `seen` is undefined when no backend has it. */
export type Look = Answerer & {readonly pid: number; readonly at: Micros; readonly seen?: Seen};

/** The locks that a session holds: `advisory` ones are counted apart, because they may outlive the transaction. */
export type LocksHeld = Look & {readonly held: number; readonly advisory: number};

/** A part of the guard that did not hold. */
export type HeldBy = 'session' | 'server' | 'time' | 'work' | GuardedReason;

/** What became of a signal's message. */
export type Answer =
	| {
			readonly type: 'answered';
			/** The server's clock in that statement. */
			readonly at?: Micros;
			/** true: signal sent; false: the process was gone in between; undefined: the guard held it back. */
			readonly sent?: boolean;
			/** Undefined when the pid was gone. */
			readonly seen?: Seen;
			/** Behind a pooler: the pid is that of the session that asked. */
			readonly isOwn?: true;
			/** What held it back, if anything did. */
			readonly held: readonly HeldBy[];
			/** The server's WARNING in its own words. */
			readonly warning?: string;
			/** --dry-run: the statement that would have been sent. */
			readonly unsent?: string;
	  }
	/** `reason` is in the server's words; `missing` is the smallest thing that helps, in ours. */
	| {readonly type: 'denied'; readonly reason: string; readonly missing?: string}
	| {readonly type: 'failed'; readonly reason: string}
	/** Connection lost or timeout before the answer: nobody knows. */
	| {readonly type: 'unknown'};
