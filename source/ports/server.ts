import type {LoginAgain} from '../domain/server/login-again.js';
import type {Part, Snapshot} from '../domain/server/snapshot.js';
import type {Inspected} from '../domain/session/inspection.js';
import type {Rights} from '../domain/session/rights.js';
import type {Answer, LocksHeld, Look} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';

/** Why something could not be had from the server, in one sentence that is safe to print. */
export type Failure = {
	readonly sentence: string;
	/** What to try, for a run that wants only one picture: a person at the screen sees whether the next one comes. */
	readonly hint?: string;
	/** The connection is gone, or can't be trusted any more: only a new one helps. */
	readonly isLost: boolean;
	/** The same refusal was told before, and nothing was tried now. */
	readonly isOld?: true;
	/** A refused login: a new try would get the same answer, until somebody changes something. */
	readonly isFinal?: true;
	/** Who was refused, by role, host and database. Present where another password, which a person knows, may help. */
	readonly passwordFor?: string;
};

export const isFailure = (error: unknown): error is Failure =>
	typeof error === 'object' && error !== null && 'sentence' in error;

/**
One connection to a server: the port between the program and PostgreSQL.

Promises reject with a `Failure`. A server without `signal` can't send any: --read-only has such a server. The server of --dry-run asks the whole guard, and has no function that sends.
*/
export type Server = {
	/** As the first line of the screen names the server. A new connection may have found another one of several hosts. */
	readonly name?: string;
	/** A picture with these parts; absent, with all. The picture names those that the server did not answer. */
	sample(parts?: readonly Part[]): Promise<Snapshot>;
	/** What these pids show now, in one message. */
	look(pids: readonly number[]): Promise<readonly Look[]>;
	/** The same for one pid, and how many locks it holds. */
	locks(pid: number): Promise<LocksHeld>;
	/** Everything about one session; with the whole text of its query where `isWhole`. */
	inspect(pid: number, isWhole: boolean): Promise<Inspected>;
	/** What this role may see and signal, and whether the server logs its statements. */
	rights(): Promise<Rights>;
	/** The statement that sends this order, in one line. */
	statementOf(order: Order): string;
	/**
	Never rejects: `unknown` is an answer, too.

	The statement is written after a refresh that is under way. `isOverdue`: that refresh is broken off first.
	*/
	signal?(order: Order, isOverdue?: boolean): Promise<Answer>;
	close(): void;
};

/** Makes a new connection. `lost` is called once, when it breaks by itself. `over` ends a try that is under way. `again` says which password to use, where a person asked for the connection. */
export type Connect = (
	lost: (failure: Failure) => void,
	over?: AbortSignal,
	again?: LoginAgain,
) => Promise<Server>;
