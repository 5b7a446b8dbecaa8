import type {Backend, Micros, RowId} from '../backend.js';

export type Signal = 'cancel' | 'terminate';

/** The key that sends a signal, as sentences name it. */
export const keyOf = {cancel: 'c', terminate: 'k'} as const satisfies Readonly<Record<Signal, string>>;

/** What the guard compares on the server before anything is sent: as it was looked at, not as it is now. */
export type Target = {
	readonly id: RowId;
	readonly pid: number;
	readonly userId?: number;
	readonly backendStart?: Micros;
	readonly xactStart?: Micros;
	readonly queryStart?: Micros;
	/** The server's hash of the query's text. */
	readonly hash?: string;
};

/** A session whose login is not done has no owner yet, and is the same one when it has: its backend_start tells. */
export const isOwnerTold = ({userId, backendStart}: Target) =>
	userId !== undefined || backendStart === undefined;

export type Order = {
	/** Tells answers apart; unique in a run. */
	readonly number: number;
	readonly signal: Signal;
	readonly target: Target;
	/** On the server's clock; after it nothing is sent any more. */
	readonly deadline: Micros;
	/** For terminate: the one that was looked at, one that is aborted, none at all, or whatever there is. */
	readonly transaction: 'same' | 'aborted' | 'none' | 'any';
};

export function targetOf(backend: Backend): Target {
	const {id, pid, userId, backendStart, xactStart, queryStart, query} = backend;
	return {
		id,
		pid,
		...(userId !== undefined && {userId}),
		...(backendStart !== undefined && {backendStart}),
		...(xactStart !== undefined && {xactStart}),
		...(queryStart !== undefined && {queryStart}),
		...(query && {hash: query.hash}),
	};
}
