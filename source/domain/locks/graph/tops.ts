import type {Parent} from './blockers.js';
import type {LockParty, Waiting} from './lock-party.js';

/** The longest of its waits stands for all of them: of a parallel group several may wait. */
export const longestWait = ({waits}: LockParty): Waiting | undefined =>
	waits.length < 2 ? waits[0] : waits.toSorted((one, other) => began(one) - began(other) || 0)[0];

const began = (waiting: Waiting | undefined) => waiting?.since ?? Infinity;

/** The longest wait first. Where nobody knows since when, the place in the queue tells. */
export function byWait(one: LockParty, other: LockParty): number {
	const [first, second] = [longestWait(one), longestWait(other)];
	return (
		began(first) - began(second) ||
		(first && second && first.object === second.object ? first.place - second.place : one.pid - other.pid) ||
		0
	);
}

/** Those that wait and yet stand under nobody: one of each cycle, whose wait is the oldest, and who is waiting for nobody that is known. */
export function topsOf(
	waiting: ReadonlySet<LockParty>,
	parents: ReadonlyMap<LockParty, Parent | undefined>,
): ReadonlySet<LockParty> {
	const tops = new Set<LockParty>();
	const seen = new Set<LockParty>();
	for (const start of waiting) {
		const path: LockParty[] = [];
		let party: LockParty | undefined = start;
		while (party && waiting.has(party) && !seen.has(party)) {
			seen.add(party);
			path.push(party);
			const parent: Parent | undefined = parents.get(party);
			if (!parent) tops.add(party);
			party = parent?.party;
		}

		const from = party ? path.indexOf(party) : -1;
		const [oldest] = from === -1 ? [] : path.slice(from).sort(byWait);
		if (oldest) tops.add(oldest);
	}

	return tops;
}
