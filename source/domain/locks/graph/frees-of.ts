import type {Frees, FreesNothing} from '../frees.js';
import {otherBlocker} from './blockers.js';
import type {LockParty} from './lock-party.js';
import {forDirectWaiters} from './reach.js';

/** Who is granted one of these goes on only if nothing else stands in its way: another holder of the row, another transaction. */
const unsure: readonly string[] = ['transactionid', 'virtualxid', 'spectoken', 'speculative token'];

/** Who has the place of the first in the queue for a row still has to wait for the row. */
const isForPlace = (party: LockParty) => party.waits.some(({object}) => object.type === 'tuple');

const isUnsure = ({waits}: LockParty) => waits.some(({object}) => unsure.includes(object.type));

/** Those whose only blocker is this party, and who would have what they wait for at once. */
export const freedBy = (waiters: readonly LockParty[]): readonly LockParty[] =>
	waiters.filter(waiter => !isForPlace(waiter));

/**
What the end of a party sets free. `waiters`: those that wait for nobody else.

Where several wait for one transaction, as behind a row that many update, one of them goes on, and the others wait for that one.
*/
export const freesOf = (party: LockParty, waiters: readonly LockParty[]): Frees =>
	freesWhere(party, waiters, waiter => !isUnsure(waiter));

/** The same of a cancel of one that waits. Its request is gone for certain, and what it holds may stay: a savepoint keeps it, and so does its session an advisory lock. */
export const letsGoOn = (party: LockParty, waiters: readonly LockParty[]): Frees =>
	freesWhere(party, waiters, ({waits}) =>
		waits.every(({object, mode}) => !object.holdersAgainst(mode).includes(party)),
	);

function freesWhere(
	party: LockParty,
	waiters: readonly LockParty[],
	isSure: (waiter: LockParty) => boolean,
): Frees {
	const freed = freedBy(waiters);
	const most = freed.length;
	const sure = freed.filter(isSure).length;
	const perXid = new Map<unknown, number>();
	for (const {waits} of freed)
		for (const {object} of waits)
			if (object.type === 'transactionid') perXid.set(object, (perXid.get(object) ?? 0) + 1);
	const least = sure === most ? most : sure + [...perXid.values()].filter(count => count > 1).length;
	const nothing = most === 0 ? whyNothing(party) : undefined;
	return {least: Math.min(least, most), most, ...(nothing && {nothing})};
}

function whyNothing(party: LockParty): FreesNothing | undefined {
	let why: FreesNothing | undefined;
	forDirectWaiters(party, waiter => {
		const other = otherBlocker(waiter, party);
		if (other) {
			const {id, pid} = other.party;
			why = {type: other.isQueued ? 'waits before them' : 'holds it too', by: id, pid};
			return true;
		}

		const [owner] = isForPlace(waiter) ? ownersFor(party) : [];
		if (owner) why = {type: 'has the row', by: owner.id, pid: owner.pid};
		return why !== undefined;
	});
	return why;
}

/** Whose transaction the first in the queue for a row waits for. */
const ownersFor = ({waits}: LockParty): readonly LockParty[] =>
	waits
		.filter(({object}) => object.type === 'transactionid')
		.flatMap(({object, mode}) => object.holdersAgainst(mode).slice(0, 1));

/** Who gets on next: the only one that is freed; of a queue for a row the one that comes to its front, where the server tells since when each waits. */
export function nextAfter(party: LockParty, waiters: readonly LockParty[]): LockParty | undefined {
	const freed = freedBy(waiters);
	if (freed.length > 0) return freed.length === 1 ? freed[0] : undefined;
	const tuple = waiters.find(isForPlace)?.waits.find(({object}) => object.type === 'tuple');
	const [front] = tuple?.object.queue ?? [];
	return front?.since === undefined || front.party === party ? undefined : front.party;
}
