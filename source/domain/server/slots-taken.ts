import type {Snapshot} from './snapshot.js';

/** From 12 on walsenders have slots of their own. */
const firstWithOwnSlots = 12;

/** How many of max_connections are taken. In PostgreSQL 10 and 11 walsenders take theirs from them. `isLeast`: a hidden process with a role and no database may be one. */
export function slotsTaken({backends, server: {major}}: Snapshot): {
	readonly count: number;
	readonly isLeast: boolean;
} {
	const isShared = major < firstWithOwnSlots;
	let count = 0;
	let isLeast = false;
	for (const {kind, isVisible, user} of backends) {
		if (kind === 'client' || (isShared && kind === 'walsender')) count++;
		if (isShared && kind === 'unknown' && !isVisible && user !== undefined) isLeast = true;
	}

	return {count, isLeast};
}
