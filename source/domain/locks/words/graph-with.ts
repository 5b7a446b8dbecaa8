import type {Snapshot} from '../../server/snapshot.js';
import {type LockGraph, lockGraphOf} from '../lock-graph.js';
import type {Locks} from '../lock-row.js';

/** A graph is as large as the storm: of the same locks and sessions it is made once. */
const made = new WeakMap<Locks, {readonly of: Snapshot; readonly picture: Snapshot}>();

/** The picture with locks that were read after it. */
export function withLocks(of: Snapshot, locks: Locks): Snapshot {
	const known = made.get(locks);
	if (known?.of === of) return known.picture;
	const picture = {...of, locks};
	made.set(locks, {of, picture});
	return picture;
}

/** Who waits for whom, by the locks that were read last; undefined where none were. */
export function graphWith(picture: Snapshot | undefined, locks: Locks | undefined): LockGraph | undefined {
	return picture && locks && lockGraphOf(withLocks(picture, locks));
}
