import type {LockParty, Waiting} from './lock-party.js';

/** Whom a party waits for first: the oldest that holds what it wants, or else the first that stands in front of it in the queue. */
export type Parent = {readonly party: LockParty; readonly isQueued: boolean; readonly more: number};

/** Of a wait, its parent; undefined where nobody is found: the locks were read at another moment than the sessions, or not all of them. */
export function parentOf(waiting: Waiting | undefined): Parent | undefined {
	if (!waiting) return undefined;
	const {object, party, mode, place} = waiting;
	const holders = object.holdersAgainst(mode);
	const isOwn = holders.includes(party);
	const [first, second] = holders;
	const holder = first === party ? second : first;
	if (holder) return {party: holder, isQueued: false, more: holders.length - (isOwn ? 2 : 1)};
	const ahead = object.firstAgainst(mode).find(one => one.party !== party);
	return ahead && ahead.place < place ? {party: ahead.party, isQueued: true, more: 0} : undefined;
}

/** Everyone who holds what is waited for, the oldest first. */
export const holdersFor = (waiting: Waiting | undefined): readonly LockParty[] =>
	waiting?.object.holdersAgainst(waiting.mode).filter(party => party !== waiting.party) ?? [];

/** The only party that a party waits for, whatever stands in front of it; undefined where there are several, or none. */
export function onlyBlocker(party: LockParty): LockParty | undefined {
	let only: LockParty | undefined;
	for (const waiting of party.waits) {
		for (const blocker of firstBlockers(waiting)) {
			if (only && only !== blocker) return undefined;
			only = blocker;
		}
	}

	return only;
}

/** Another one that a party waits for besides this one, and how that one stops it. */
export function otherBlocker(
	party: LockParty,
	than: LockParty,
): {readonly party: LockParty; readonly isQueued: boolean} | undefined {
	for (const waiting of party.waits) {
		const {object, mode} = waiting;
		const holder = object.holdersAgainst(mode).find(one => one !== party && one !== than);
		if (holder) return {party: holder, isQueued: false};
		const ahead = queuedAhead(waiting).find(one => one !== than);
		if (ahead) return {party: ahead, isQueued: true};
	}

	return undefined;
}

/** As many as it takes to see whether there are two: itself and one holder may be among them. */
function firstBlockers(waiting: Waiting): readonly LockParty[] {
	const {object, party, mode} = waiting;
	const holders = object.holdersAgainst(mode).slice(0, 3);
	return [...holders.filter(one => one !== party), ...queuedAhead(waiting)];
}

const queuedAhead = ({object, party, mode, place}: Waiting): readonly LockParty[] =>
	object
		.firstAgainst(mode)
		.filter(one => one.party !== party && one.place < place)
		.map(one => one.party);
