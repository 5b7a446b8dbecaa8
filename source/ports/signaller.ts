import type {Locks} from '../domain/locks/lock-row.js';
import type {Answer, LocksHeld, Look} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';
import type {Some} from '../domain/some.js';

/** Sends signals, and looks at what becomes of them. Looks reject with a `Failure`. The signaller of --dry-run asks the whole guard, and has no function that sends. */
export type Signaller = {
	/** The statement that sends this order, in one line. */
	statementOf(order: Order): string;
	/**
	Sends one guarded message for each order, all in one write: a refusal of one stops no other. The answers come one by one, in the order of the orders, and never reject: `unknown` is an answer, too.

	The messages are written after a refresh that is under way. `isOverdue`: that refresh is broken off first.
	*/
	signal(orders: Some<Order>, isOverdue?: boolean): Some<Promise<Answer>>;
	/** What these pids show now, in one message. */
	look(pids: readonly number[]): Promise<readonly Look[]>;
	/** The same for one pid, and how many locks it holds. */
	locks(pid: number): Promise<LocksHeld>;
	/** Who holds, and who waits for, every lock that somebody waits for now, and which of these pids are still there: after a signal it tells who went on. */
	waits(pids: readonly number[]): Promise<{readonly locks: Locks; readonly looks: readonly Look[]}>;
};
