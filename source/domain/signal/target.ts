import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';
import type {Backend} from '../session/backend.js';
import type {GuardedReason} from './verdict/reason.js';

export type Signal = 'cancel' | 'terminate';

/** The key that sends a signal, as sentences name it. */
export const keyOf = {cancel: 'c', terminate: 'k'} as const satisfies Readonly<Record<Signal, string>>;

/** What the guard compares on the server before anything is sent: the session as it was looked at, not as it is now. */
export type Target = {
	readonly id: RowId;
	readonly pid: number;
	readonly userId?: number;
	readonly backendStart?: Micros;
	readonly xactStart?: Micros;
	readonly queryStart?: Micros;
	readonly stateChange?: Micros;
	readonly state?: string;
	/** The server's hash of the query's text. */
	readonly hash?: string;
};

/** A session has no owner before its login is done, and is the same session after: its backend_start tells. */
export const isOwnerTold = ({userId, backendStart}: Target) =>
	userId !== undefined || backendStart === undefined;

/**
What the session must still be doing, besides being the same one.

`query` is for c. The others are for k, by what was looked at: a transaction, a failed one, a running statement without one, a fastpath call, nothing, a login. `session` demands no more.
*/
export type Work = 'query' | 'transaction' | 'aborted' | 'statement' | 'call' | 'idle' | 'login' | 'session';

export type Order = {
	/** Tells answers apart; unique in a run. */
	readonly number: number;
	readonly signal: Signal;
	readonly target: Target;
	/** When the postmaster of that picture had started; absent where this role may not read it. */
	readonly startedAt?: Micros;
	/** On the server's clock; after it nothing is sent any more. */
	readonly expiresAt: Micros;
	readonly work: Work;
	/** The reasons that the question named: they hold nothing back. */
	readonly asked: readonly GuardedReason[];
};

export function targetOf(backend: Backend): Target {
	const {id, pid, userId, backendStart, xactStart, queryStart, stateChange, state, hash} = backend;
	return {
		id,
		pid,
		...(userId !== undefined && {userId}),
		...(backendStart !== undefined && {backendStart}),
		...(xactStart !== undefined && {xactStart}),
		...(queryStart !== undefined && {queryStart}),
		...(stateChange !== undefined && {stateChange}),
		...(state !== undefined && {state}),
		...(hash !== undefined && {hash}),
	};
}
