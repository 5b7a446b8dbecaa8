import {isConflict, lockModes} from './lock-modes.js';
import type {Contested, LockParty} from './lock-party.js';

/** Calls `visit` with everyone who waits for the party itself, each once for every object and mode. Stops where that gives true. */
export function forDirectWaiters(party: LockParty, visit: (waiter: LockParty) => boolean | undefined): void {
	for (const {object, mode} of party.holds)
		for (const waiting of object.queue)
			if (waiting.party !== party && isConflict(mode, waiting.mode) && visit(waiting.party)) return;
	for (const {object, mode, place} of party.waits)
		for (let next = place + 1; next < object.queue.length; next++) {
			const waiting = object.queue[next];
			if (waiting && waiting.party !== party && isConflict(mode, waiting.mode) && visit(waiting.party))
				return;
		}
}

/** Everyone who waits for a party, directly or behind others, without itself. Each place of a queue is looked at once for each mode, however many stand before it. */
export function allBlockedBy(party: LockParty): ReadonlySet<LockParty> {
	const found = new Set<LockParty>();
	const pending = [party];
	/** From which place on the queue of an object was looked at, by the number of the mode. */
	const scanned = new Map<Contested, number[]>();

	const scan = (object: Contested, mode: number, from: number) => {
		if (mode < 0) return;
		const places = scanned.get(object) ?? lockModes.map(() => object.queue.length);
		scanned.set(object, places);
		const end = places[mode] ?? 0;
		for (let place = from; place < end; place++) {
			const waiting = object.queue[place];
			if (!waiting || waiting.party === party || found.has(waiting.party)) continue;
			if (!isConflict(mode, waiting.mode)) continue;
			found.add(waiting.party);
			pending.push(waiting.party);
		}

		places[mode] = Math.min(from, end);
	};

	for (let next = pending.pop(); next; next = pending.pop()) {
		for (const {object, mode} of next.holds) scan(object, mode, 0);
		for (const {object, mode, place} of next.waits) scan(object, mode, place + 1);
	}

	return found;
}
