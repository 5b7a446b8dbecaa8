import {slotsTaken} from '../slots-taken.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';

export type SlotsLeft = {
	/** Connections that ordinary roles can still open; never negative. */
	readonly count: number;
	/** There may be less: before 18 nobody sees who is logging in, and in 10 and 11 a hidden process may have a slot. */
	readonly isMost: boolean;
	readonly isNear: boolean;
};

/** Since 18 a session at its login is listed. */
const firstWithLogins = 18;

/** Undefined where it is not known how many slots are reserved. */
export function slotsLeft(
	snapshot: Snapshot,
	{leastSlots, leastSlotsShare}: Thresholds,
): SlotsLeft | undefined {
	const {limits, server} = snapshot;
	if (!limits) return undefined;
	const taken = slotsTaken(snapshot);
	const count = Math.max(0, server.maxConnections - limits.reservedConnections - taken.count);
	return {
		count,
		isMost: taken.isLeast || server.major < firstWithLogins,
		isNear: count < Math.max(leastSlots, leastSlotsShare * server.maxConnections),
	};
}
