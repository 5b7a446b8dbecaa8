import {lockGraphOf} from '../../locks/lock-graph.js';
import type {Locks} from '../../locks/lock-row.js';
import {withLocks} from '../../locks/words/graph-with.js';
import type {RowId} from '../../row-id.js';
import type {Snapshot} from '../../server/snapshot.js';
import type {LockAim} from './lock-aim.js';

/** What became of those that had waited for the session, directly or behind others, as it was seen shortly after. */
export type Freed = {
	/** They do not wait for a lock any more. */
	readonly wentOn: number;
	/** They still wait for a lock. */
	readonly stillWait: number;
	/** Where all of these wait for the same one in the end, or behind it: its pid; 0: a prepared transaction. */
	readonly waitFor?: number;
	/** Not all of these wait for that one itself: some wait behind others. */
	readonly isBehind?: true;
	/** How many wait for the session itself now: a cancel may leave it its locks. */
	readonly blocks?: number;
};

/** The same by the locks as they are shortly after. */
export function freedOf({blocked}: LockAim, target: RowId, picture: Snapshot, locks: Locks): Freed {
	const blocks = lockGraphOf(withLocks(picture, locks)).sights.get(target)?.blocks ?? 0;
	return {
		...freedAmong(
			blocked.map(({id}) => id),
			picture,
			locks,
		),
		...(blocks > 0 && {blocks}),
	};
}

/** The same of all who had waited for any of several sessions, each counted once, and without those that were signalled themselves. Undefined where there are none. */
export function freedByMany(
	aims: readonly LockAim[],
	targets: ReadonlySet<RowId>,
	picture: Snapshot,
	locks: Locks,
): Freed | undefined {
	const blocked = new Set(aims.flatMap(aim => aim.blocked.map(({id}) => id)));
	for (const target of targets) blocked.delete(target);
	return blocked.size === 0 ? undefined : freedAmong([...blocked], picture, locks);
}

function freedAmong(blocked: readonly RowId[], picture: Snapshot, locks: Locks): Freed {
	const {sights, rootOf} = lockGraphOf(withLocks(picture, locks));
	const waiting = blocked.filter(id => sights.get(id)?.wait);
	const roots = new Set(waiting.map(id => rootOf(id)));
	const [root] = roots;
	const isBehind = waiting.some(id => sights.get(id)?.under?.id !== root);
	return {
		wentOn: blocked.length - waiting.length,
		stillWait: waiting.length,
		...(root !== undefined &&
			roots.size === 1 && {
				waitFor: picture.backends.find(({id}) => id === root)?.pid ?? 0,
				...(isBehind && {isBehind}),
			}),
	};
}
