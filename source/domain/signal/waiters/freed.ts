import {lockGraphOf} from '../../locks/lock-graph.js';
import type {Locks} from '../../locks/lock-row.js';
import {withLocks} from '../../locks/words/graph-with.js';
import type {RowId} from '../../row-id.js';
import type {Snapshot} from '../../server/snapshot.js';
import type {Freed} from '../outcome.js';
import type {LockAim} from './lock-aim.js';

/** What became of those who had waited for a session, by the locks as they are shortly after. */
export function freedOf({blocked}: LockAim, target: RowId, picture: Snapshot, locks: Locks): Freed {
	const {sights, rootOf} = lockGraphOf(withLocks(picture, locks));
	const waiting = blocked.filter(({id}) => sights.get(id)?.wait);
	const roots = new Set(waiting.map(({id}) => rootOf(id)));
	const [root] = roots;
	const blocks = sights.get(target)?.blocks ?? 0;
	return {
		wentOn: blocked.length - waiting.length,
		stillWait: waiting.length,
		...(root !== undefined &&
			roots.size === 1 && {waitFor: picture.backends.find(({id}) => id === root)?.pid ?? 0}),
		...(blocks > 0 && {blocks}),
	};
}
