import type {Snapshot} from './snapshot.js';

/** From 12 on walsenders have slots of their own. */
const firstWithOwnSlots = 12;

/** How many of max_connections are taken. In PostgreSQL 10 and 11 walsenders take theirs from them. `isLeast`: a hidden process with a role and no database may be one. */
export function slotsTaken({backends, server: {major}}: Snapshot): {
	readonly count: number;
	readonly isLeast: boolean;
} {
	const clients = backends.filter(({kind}) => kind === 'client').length;
	if (major >= firstWithOwnSlots) return {count: clients, isLeast: false};
	const senders = backends.filter(({kind}) => kind === 'walsender').length;
	const isLeast = backends.some(
		({kind, isVisible, user}) => kind === 'unknown' && !isVisible && user !== undefined,
	);
	return {count: clients + senders, isLeast};
}
