import {countSessions, type SessionCounts} from '../../../domain/server/count-sessions.js';
import {autovacuumWorkers} from '../../../domain/server/figures/autovacuum-workers.js';
import {
	type LongestTransaction,
	longestTransaction,
} from '../../../domain/server/figures/longest-transaction.js';
import {slotsLeft} from '../../../domain/server/figures/slots-left.js';
import {type WorstLag, worstLag} from '../../../domain/server/figures/worst-lag.js';
import {type WorstWraparound, worstWraparound} from '../../../domain/server/figures/worst-wraparound.js';
import {type XminHorizon, xminHorizon} from '../../../domain/server/figures/xmin-horizon.js';
import {slotsTaken} from '../../../domain/server/slots-taken.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Thresholds} from '../../../domain/server/thresholds.js';

/** What a picture says of the server as a whole. */
export type Facts = {
	/** What of it stands out. */
	readonly thresholds: Thresholds;
	readonly counts: SessionCounts;
	readonly slots: ReturnType<typeof slotsTaken>;
	readonly isShortOfSlots: boolean;
	readonly longest: LongestTransaction | undefined;
	readonly wraparound: WorstWraparound | undefined;
	readonly lag: WorstLag | undefined;
	readonly horizon: XminHorizon | undefined;
	readonly autovacuum: ReturnType<typeof autovacuumWorkers>;
};

const known = new WeakMap<Snapshot, Facts>();

/** Found once for each picture: the header is drawn with every key, and there may be thousands of sessions. */
export function factsOf(snapshot: Snapshot, thresholds: Thresholds): Facts {
	const before = known.get(snapshot);
	if (before?.thresholds === thresholds) return before;
	const found = find(snapshot, thresholds);
	known.set(snapshot, found);
	return found;
}

function find(snapshot: Snapshot, thresholds: Thresholds): Facts {
	const counts = countSessions(snapshot.backends, snapshot.ownPid, snapshot.at);
	return {
		thresholds,
		counts,
		slots: slotsTaken(snapshot),
		isShortOfSlots: slotsLeft(snapshot, thresholds)?.isNear ?? false,
		longest: longestTransaction(snapshot, counts),
		wraparound: worstWraparound(snapshot, thresholds),
		lag: worstLag(snapshot),
		horizon: xminHorizon(snapshot),
		autovacuum: autovacuumWorkers(snapshot),
	};
}
