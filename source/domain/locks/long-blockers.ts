import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';
import type {LockGraph} from './lock-graph.js';
import type {LockWait} from './lock-sight.js';
import {waitedFor} from './words/waits-for-words.js';

/** How many of those who block are named one by one. */
export const mostNamed = 10;

/** The roots behind which somebody has waited for longer than this, in microseconds, the worst first, each with the longest of these waits. */
export const longBlockers = (
	{roots, longestBehind}: LockGraph,
	at: Micros,
	longerThan: number,
): readonly {readonly id: RowId; readonly wait: LockWait}[] =>
	roots.flatMap(id => {
		const wait = longestBehind(id);
		const waited = wait && waitedFor(wait, at);
		return wait && typeof waited === 'number' && waited > longerThan ? [{id, wait}] : [];
	});
