import type {LockRow} from '../lock-row.js';
import {isConflict, lockModes, modeNumber} from './lock-modes.js';
import {byAge, type Parties} from './lock-parties.js';
import type {Contested, LockParty, Waiting} from './lock-party.js';

/** How many of a queue tell whether anybody but two known ones stands in front. */
const firstFew = 3;

/** Every object that somebody waits for. Holders and waiters learn of it, too. */
export function contestedObjects(rows: readonly LockRow[], parties: Parties): readonly Contested[] {
	const byKey = new Map<string, LockRow[]>();
	for (const row of rows) {
		const same = byKey.get(row.key);
		if (same) same.push(row);
		else byKey.set(row.key, [row]);
	}

	return [...byKey.values()]
		.filter(same => same.some(({isGranted}) => !isGranted))
		.map(same => contested(same, parties));
}

function contested(rows: readonly LockRow[], parties: Parties): Contested {
	const holders: LockParty[][] = lockModes.map(() => []);
	const held = new Map<LockParty, number[]>();
	const queue: Waiting[] = [];
	const against = new Map<number, readonly LockParty[]>();
	const first = new Map<number, readonly Waiting[]>();
	const last = new Map<number, Waiting | undefined>();
	const object: Contested = {
		type: rows[0]?.type ?? '',
		queue,
		holdersAgainst: mode =>
			known(against, mode, () =>
				[...new Set(holders.filter((_, other) => isConflict(mode, other)).flat())].sort(byAge),
			),
		firstAgainst: mode => known(first, mode, () => firstOf(queue, mode)),
		lastAgainst: mode => known(last, mode, () => queue.findLast(one => isConflict(mode, one.mode))),
	};

	for (const row of rows) {
		const mode = modeNumber(row.mode);
		if (!row.isGranted || mode === undefined) continue;
		const own = [...row.pids.map(parties.ofPid), ...(row.prepared ?? []).map(parties.ofPrepared)];
		for (const party of new Set(own)) {
			holders[mode]?.push(party);
			party.holds.push({object, mode});
			held.set(party, [...(held.get(party) ?? []), mode]);
		}
	}

	for (const lock of rows) {
		if (lock.isGranted) continue;
		const mode = modeNumber(lock.mode) ?? -1;
		for (const [index, pid] of lock.pids.entries()) {
			const since = lock.since?.[index];
			const party = parties.ofPid(pid);
			queue.push({object, party, pid, mode, lock, ...(since !== undefined && {since}), place: 0});
		}
	}

	// Before 14 nothing tells when a wait began, but not before the query.
	const isTold = rows.some(({since}) => since !== undefined);
	const began = ({since, pid}: Waiting) =>
		since ?? (isTold ? undefined : parties.backendOf(pid)?.queryStart) ?? Infinity;
	queue.sort((one, other) => began(one) - began(other) || one.pid - other.pid || 0);
	if (queue.some(({party}) => held.has(party))) putInFront(queue, held);
	for (const [place, waiting] of queue.entries()) {
		waiting.place = place;
		waiting.party.waits.push(waiting);
	}

	return object;
}

/** Everyone that somebody waits for. */
export function blockersIn(objects: readonly Contested[]): ReadonlySet<LockParty> {
	const found = new Set<LockParty>();
	for (const {queue, holdersAgainst, lastAgainst} of objects) {
		for (const mode of new Set(queue.map(one => one.mode)))
			for (const party of holdersAgainst(mode))
				if (queue.some(one => one.party !== party && one.mode === mode)) found.add(party);
		for (const {party, mode, place} of queue) {
			const last = lastAgainst(mode);
			if (!last || last.place <= place) continue;
			const isOther = last.party !== party;
			if (
				isOther ||
				queue.some(one => one.party !== party && one.place > place && isConflict(mode, one.mode))
			)
				found.add(party);
		}
	}

	return found;
}

function known<V>(values: Map<number, V>, mode: number, make: () => V): V {
	if (!values.has(mode)) values.set(mode, make());
	return values.get(mode) as V;
}

function firstOf(queue: readonly Waiting[], mode: number): readonly Waiting[] {
	const found: Waiting[] = [];
	for (const waiting of queue) {
		if (!isConflict(mode, waiting.mode) || found.some(({party}) => party === waiting.party)) continue;
		found.push(waiting);
		if (found.length === firstFew) break;
	}

	return found;
}

/** Who holds the object already goes in front of the first waiter that asks for what conflicts with that: so the server queues it. */
function putInFront(queue: Waiting[], held: ReadonlyMap<LockParty, readonly number[]>): void {
	const ordered: Waiting[] = [];
	for (const waiting of queue) {
		const modes = held.get(waiting.party);
		const place = modes
			? ordered.findIndex(
					other => other.party !== waiting.party && modes.some(mode => isConflict(mode, other.mode)),
				)
			: -1;
		if (place === -1) ordered.push(waiting);
		else ordered.splice(place, 0, waiting);
	}

	queue.splice(0, queue.length, ...ordered);
}
