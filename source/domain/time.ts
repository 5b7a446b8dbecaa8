import type {Backend, Micros} from './backend.js';

/** A call of one function without a query: the server keeps the text and the start of the query before. */
export const isFastpath = (backend: Backend) => backend.state === 'fastpath function call';

/** States in which something runs now. */
export const isRunning = (backend: Backend) => backend.state === 'active' || isFastpath(backend);

export const isAborted = (backend: Backend) => backend.state === 'idle in transaction (aborted)';

export const isInTransaction = (backend: Backend) =>
	backend.state === 'idle in transaction' || isAborted(backend);

const since = (start: Micros | undefined, at: Micros) =>
	start === undefined ? undefined : Math.max(0, at - start);

/**
TIME: how long a session has been at what it does, in microseconds; undefined where nothing goes on or nothing may be seen.

A running session counts from the older of query and transaction, or of call and transaction. An aborted transaction has no xact_start on the server, so it counts from when it became so.
*/
export function timeOf(backend: Backend, at: Micros): number | undefined {
	if (isRunning(backend)) {
		const begun = isFastpath(backend) ? backend.stateChange : backend.queryStart;
		const starts = [begun, backend.xactStart].filter(start => start !== undefined);
		return starts.length === 0 ? undefined : since(Math.min(...starts), at);
	}

	if (isAborted(backend)) return since(backend.xactStart ?? backend.stateChange, at);
	return backend.state === 'idle in transaction' ? since(backend.xactStart, at) : undefined;
}

export const xactAge = (backend: Backend, at: Micros) => since(backend.xactStart, at);

/** The age of the query, only while it runs. */
export const queryAge = (backend: Backend, at: Micros) =>
	backend.state === 'active' ? since(backend.queryStart, at) : undefined;

export const stateAge = (backend: Backend, at: Micros) => since(backend.stateChange, at);
