import {busySessions} from '../busy-sessions.js';
import type {Snapshot} from '../snapshot.js';

/** How many autovacuum workers run, and how many may; `most` is absent where that was not read, and so are workers that this role may not see. */
export function autovacuumWorkers(snapshot: Snapshot): {
	readonly running: number;
	readonly most?: number;
} {
	const {limits} = snapshot;
	let running = 0;
	for (const {kind} of busySessions(snapshot)) if (kind === 'autovacuum worker') running++;
	return {running, ...(limits && {most: limits.autovacuumWorkers})};
}
