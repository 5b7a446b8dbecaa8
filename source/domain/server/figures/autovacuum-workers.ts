import type {Snapshot} from '../snapshot.js';

/** How many autovacuum workers run, and how many may; `most` is absent where that was not read, and so are workers that this role may not see. */
export function autovacuumWorkers({backends, limits}: Snapshot): {
	readonly running: number;
	readonly most?: number;
} {
	let running = 0;
	for (const {kind} of backends) if (kind === 'autovacuum worker') running++;
	return {running, ...(limits && {most: limits.autovacuumWorkers})};
}
