import type {LoginAgain} from '../domain/server/login-again.js';
import type {Part, Snapshot} from '../domain/server/snapshot.js';
import type {Inspected} from '../domain/session/inspection.js';
import type {Rights} from '../domain/session/rights.js';
import type {Answer, LocksHeld, Look} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';

/** Why something could not be had from the server, in one sentence that is safe to print. */
export type Failure = {
	readonly sentence: string;
	/** What to try, where only one picture was wanted: who looks on sees for himself whether the next one comes. */
	readonly hint?: string;
	/** The connection is gone, or can't be trusted any more: only a new one helps. */
	readonly isLost: boolean;
	/** It was said before, and nothing was tried. */
	readonly isOld?: true;
	/** A refused login: the same would be said again, until somebody changes something. */
	readonly isFinal?: true;
	/** Who was refused, by role, host and database, where another password may help that a person knows. */
	readonly passwordFor?: string;
};

export const isFailure = (error: unknown): error is Failure =>
	typeof error === 'object' && error !== null && 'sentence' in error;

/**
One connection to a server: the port between the program and PostgreSQL.

Promises reject with a `Failure`. A server without `signal` can't send any: that is what --read-only hands over. That of --dry-run asks the whole guard, and has no function that sends.
*/
export type Server = {
	/** As the first line of the screen names it: of several hosts a new connection may have found another one. */
	readonly name?: string;
	/** A picture with these of its parts, all unless told otherwise; those that the server does not answer are named in it. */
	sample(parts?: readonly Part[]): Promise<Snapshot>;
	/** What is to be seen of these pids now, in one message. */
	look(pids: readonly number[]): Promise<readonly Look[]>;
	/** The same of one pid, and how many locks it holds. */
	locks(pid: number): Promise<LocksHeld>;
	/** Everything of one session; the whole text of its query where `isWhole`. */
	inspect(pid: number, isWhole: boolean): Promise<Inspected>;
	/** What this role may see and signal, and what the server writes down of it. */
	rights(): Promise<Rights>;
	/** What sends this order, in one line. */
	statementOf(order: Order): string;
	/**
	Never rejects: that nobody knows what came of it is an answer, too.

	Written behind a refresh that is under way; one that is overdue is broken off first.
	*/
	signal?(order: Order, isOverdue?: boolean): Promise<Answer>;
	close(): void;
};

/** Makes a new connection; `lost` is called once, when it breaks by itself. `over` ends a try that is under way. `again` is how, where somebody asked for it. */
export type Connect = (
	lost: (failure: Failure) => void,
	over?: AbortSignal,
	again?: LoginAgain,
) => Promise<Server>;
