import type {Micros} from '../micros.js';
import type {Backend} from './backend.js';
import {isIdleInTransaction, isRunningState, states} from './states.js';

/** A call of one function without a query: the server keeps the text and the start of the query before. */
export const isFastpath = (backend: Backend) => backend.state === states.fastpath;

/** States in which something runs now. */
export const isRunning = ({state}: Backend) => isRunningState(state);

export const isAborted = (backend: Backend) => backend.state === states.aborted;

export const isInTransaction = ({state}: Backend) => isIdleInTransaction(state);

/** How long ago something began, in microseconds; `?` when nobody can tell, and undefined where nothing has begun or may be seen. */
export type Age = number | '?' | undefined;

/** How far a start may lie ahead of the picture's clock and count as now, in microseconds: work begins while the picture is taken. Ages show tenths of a second. */
const ahead = 100_000;

/** A start in the server's future is from before its clock was set back: then the clock does not tell how long ago it was. */
export function ageSince(start: Micros | undefined, at: Micros): Age {
	if (start === undefined) return undefined;
	return start - at < ahead ? Math.max(0, at - start) : '?';
}

/** Where one start can't be told, nobody can tell which is the older. */
function olderOf(first: Age, second: Age): Age {
	if (first === '?' || second === '?') return '?';
	return first === undefined || second === undefined ? (first ?? second) : Math.max(first, second);
}

/**
TIME: how long a session has been at what it does; undefined where nothing goes on or nothing may be seen.

A running session counts from the older of query and transaction, or of call and transaction. An aborted transaction has no xact_start on the server, so it counts from when it became so. A prepared transaction counts from when it was prepared.
*/
export function timeOf(backend: Backend, at: Micros): Age {
	if (isRunning(backend)) {
		const begun = isFastpath(backend) ? backend.stateChange : backend.queryStart;
		return olderOf(ageSince(begun, at), xactAge(backend, at));
	}

	if (isAborted(backend)) return ageSince(backend.xactStart ?? backend.stateChange, at);
	const isOpen = backend.state === states.idleInTransaction || backend.kind === 'prepared transaction';
	return isOpen ? xactAge(backend, at) : undefined;
}

export const xactAge = (backend: Backend, at: Micros) => ageSince(backend.xactStart, at);

/** The age of the query, only while it runs. */
export const queryAge = (backend: Backend, at: Micros) =>
	backend.state === states.active ? ageSince(backend.queryStart, at) : undefined;

/** How long it has been as it is: a running query since its start, anything else since its last change of state. */
export const sinceAge = (backend: Backend, at: Micros) =>
	backend.state === states.active && backend.queryStart !== undefined
		? queryAge(backend, at)
		: stateAge(backend, at);

export const stateAge = (backend: Backend, at: Micros) => ageSince(backend.stateChange, at);
