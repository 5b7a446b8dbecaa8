import type {Counters, Snapshot} from './snapshot.js';

export type Rates = {
	/** Transactions per second of all databases. */
	readonly tps?: number;
	/** Share of blocks found in shared buffers, 0 to 1. */
	readonly hitRatio?: number;
	/** Each a second. */
	readonly rollbacks?: number;
	readonly tempBytes?: number;
	readonly deadlocks?: number;
	readonly conflicts?: number;
	readonly walBytes?: number;
};

/** The shortest span that gives a rate, in seconds: sessions report once a second, so over less it is chance. Two pictures meant to be two seconds apart may be a little less. */
const shortestSpan = 1.9;

// A refresh of pgtop is one commit, and no load that a DBA asks about.
const ownCommits = 1;

const wasReset = (before: Counters, after: Counters) =>
	before.resetAt !== after.resetAt ||
	after.commits < before.commits ||
	after.rollbacks < before.rollbacks ||
	after.blocksHit < before.blocksHit ||
	after.blocksRead < before.blocksRead;

/** What happened between two pictures, never negative. Empty without statistics or after their reset; without tps where the pictures are less than two seconds apart. */
export function ratesBetween(before: Snapshot | undefined, after: Snapshot): Rates {
	const [from, to] = [before?.counters, after.counters];
	if (!before || !from || !to || before.server.startedAt !== after.server.startedAt || wasReset(from, to))
		return {};

	if (from.isOff || to.isOff) return {};
	const seconds = (after.at - before.at) / 1e6;
	if (seconds <= 0) return {};

	const transactions = to.commits - from.commits + to.rollbacks - from.rollbacks;
	const hit = to.blocksHit - from.blocksHit;
	const all = hit + to.blocksRead - from.blocksRead;
	return {
		...(seconds >= shortestSpan && {tps: Math.max(0, transactions - ownCommits) / seconds}),
		...(all > 0 && {hitRatio: hit / all}),
	};
}
