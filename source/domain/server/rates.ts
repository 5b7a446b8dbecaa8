import type {Micros} from '../micros.js';
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

/** What one picture has counted. */
export type Counted = {
	/** When the batch ended, and when the server had counted. */
	readonly at: Micros;
	readonly countedAt: Micros;
	readonly startedAt?: Micros;
	readonly counters?: Counters;
	readonly walBytes?: number;
};

/** The shortest span that gives a rate, in microseconds: sessions report once a second, so over less it is chance. Pictures meant to be five seconds apart may be a little less. */
const shortestSpan = 4_800_000;

// A refresh of pgtop is one commit, and no load that a DBA asks about.
const ownCommits = 1;

const countedIn = ({at, server: {startedAt}, counters, walBytes}: Snapshot): Counted => ({
	at,
	countedAt: counters?.readAt ?? at,
	...(startedAt !== undefined && {startedAt}),
	...(counters && {counters}),
	...(walBytes !== undefined && {walBytes}),
});

/** Sums that never fall while nothing is reset. */
const sums = [
	'commits',
	'rollbacks',
	'blocksHit',
	'blocksRead',
	'tempBytes',
	'deadlocks',
	'conflicts',
] as const;

const fell = (before: number | undefined, after: number | undefined) =>
	before !== undefined && after !== undefined && after < before;

/** Another server counts, or the same one anew, or its clock was set back: nothing can be told of the time between. */
const isAnew = (before: Counted, after: Counted): boolean =>
	after.at <= before.at ||
	after.startedAt !== before.startedAt ||
	fell(before.walBytes, after.walBytes) ||
	(before.counters !== undefined &&
		after.counters !== undefined &&
		(before.counters.resetAt !== after.counters.resetAt ||
			sums.some(sum => fell(before.counters?.[sum], after.counters?.[sum]))));

/** Of how many pictures the transactions per second are kept, and how many make one cell of the header. */
export const tpsKept = {pictures: 60, inCell: 6};

/** With those of one more picture. A whole cell goes at once, so that the others keep their pictures. */
export function tpsAfter(before: readonly (number | undefined)[], tps: number | undefined) {
	const all = [...before, tps];
	return all.length > tpsKept.pictures ? all.slice(tpsKept.inCell) : all;
}

/** What the last pictures have counted, oldest first, with that of `snapshot`: as many as rates are made of. */
export function countedAfter(before: readonly Counted[], snapshot: Snapshot): readonly Counted[] {
	const now = countedIn(snapshot);
	const last = before.at(-1);
	if (!last || isAnew(last, now)) return [now];
	const base = before.findLastIndex(({at}) => now.at - at >= shortestSpan);
	return [...before.slice(Math.max(0, base)), now];
}

/** Means over these pictures, never negative. Empty where they span less than five seconds; without the rates of what was not counted in the first and the last of them. */
export function ratesOver(pictures: readonly Counted[]): Rates {
	const [from, to] = [pictures[0], pictures.at(-1)];
	if (!from || !to || to.at - from.at < shortestSpan) return {};
	const {walBytes} = to;
	return {
		...ofCounters(from, to, ownCommits * (pictures.length - 1)),
		...(walBytes !== undefined &&
			from.walBytes !== undefined && {walBytes: each(walBytes - from.walBytes, from.at, to.at)}),
	};
}

const each = (count: number, from: Micros, to: Micros) => Math.max(0, count) / ((to - from) / 1e6);

function ofCounters(first: Counted, last: Counted, own: number): Rates {
	const [from, to] = [first.counters, last.counters];
	const [start, end] = [first.countedAt, last.countedAt];
	if (!from || !to || from.isOff || to.isOff || end <= start) return {};
	const per = (sum: (typeof sums)[number]) =>
		from[sum] === undefined || to[sum] === undefined ? undefined : each(to[sum] - from[sum], start, end);
	const hit = to.blocksHit - from.blocksHit;
	const all = hit + to.blocksRead - from.blocksRead;
	const transactions = to.commits - from.commits + to.rollbacks - from.rollbacks;
	const [rollbacks, tempBytes, deadlocks, conflicts] = (
		['rollbacks', 'tempBytes', 'deadlocks', 'conflicts'] as const
	).map(per);
	return {
		tps: each(transactions - own, start, end),
		...(all > 0 && hit >= 0 && {hitRatio: Math.min(1, hit / all)}),
		...(rollbacks !== undefined && {rollbacks}),
		...(tempBytes !== undefined && {tempBytes}),
		...(deadlocks !== undefined && {deadlocks}),
		...(conflicts !== undefined && {conflicts}),
	};
}
