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
	/** They have ended since, whatever they did last. */
	readonly gone?: number;
	/** They still wait for a lock. */
	readonly stillWait: number;
	/** Where all of these wait for the same one in the end, or behind it: its pid; 0: a prepared transaction. */
	readonly waitFor?: number;
	/** Not all of these wait for that one itself: some wait behind others. */
	readonly isBehind?: true;
	/** How many wait for the session itself now: a cancel may leave it its locks. */
	readonly blocks?: number;
};

/** Who had waited, and what is known of it now. */
type After = {
	readonly picture: Snapshot;
	readonly locks: Locks;
	/** Those that are not there any more. */
	readonly gone: ReadonlySet<RowId>;
	/** Those that the same key has signalled: that they do not wait any more is its own doing. */
	readonly targets: ReadonlySet<RowId>;
};

/** The same by the locks as they are shortly after. Undefined where nobody else had waited. */
export function freedOf({blocked}: LockAim, target: RowId, after: After): Freed | undefined {
	const freed = freedAmong(
		blocked.map(({id}) => id),
		after,
	);
	const blocks = lockGraphOf(withLocks(after.picture, after.locks)).sights.get(target)?.blocks ?? 0;
	return freed && {...freed, ...(blocks > 0 && {blocks})};
}

/** The same of all who had waited for any of several sessions, each counted once. */
export const freedByMany = (aims: readonly LockAim[], after: After): Freed | undefined =>
	freedAmong([...new Set(aims.flatMap(aim => aim.blocked.map(({id}) => id)))], after);

function freedAmong(all: readonly RowId[], {picture, locks, gone, targets}: After): Freed | undefined {
	const blocked = all.filter(id => !targets.has(id));
	if (blocked.length === 0) return undefined;
	const {sights, rootOf} = lockGraphOf(withLocks(picture, locks));
	const there = blocked.filter(id => !gone.has(id));
	const waiting = there.filter(id => sights.get(id)?.wait);
	const roots = new Set(waiting.map(id => rootOf(id)));
	const [root] = roots;
	const isBehind = waiting.some(id => sights.get(id)?.under?.id !== root);
	return {
		wentOn: there.length - waiting.length,
		stillWait: waiting.length,
		...(there.length < blocked.length && {gone: blocked.length - there.length}),
		...(root !== undefined &&
			roots.size === 1 && {
				waitFor: picture.backends.find(({id}) => id === root)?.pid ?? 0,
				...(isBehind && {isBehind}),
			}),
	};
}
