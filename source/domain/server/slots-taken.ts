import {ofLast} from '../of-last.js';
import type {Snapshot} from './snapshot.js';

/** From 12 on walsenders have slots of their own. */
const firstWithOwnSlots = 12;

export type SlotsTaken = {readonly count: number; readonly isLeast: boolean};

/** How many of max_connections are taken. In PostgreSQL 10 and 11 walsenders take theirs from them. `isLeast`: a hidden process with a role and no database may be one. */
export const slotsTaken = ofLast(({backends, server: {major}}: Snapshot): SlotsTaken => {
	const isShared = major < firstWithOwnSlots;
	let count = 0;
	let isLeast = false;
	for (const {kind, isVisible, user} of backends) {
		if (kind === 'client' || (isShared && kind === 'walsender')) count++;
		if (isShared && kind === 'unknown' && !isVisible && user !== undefined) isLeast = true;
	}

	return {count, isLeast};
});
