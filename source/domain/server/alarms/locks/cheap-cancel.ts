import type {Frees} from '../../../locks/frees.js';
import type {LockGraph} from '../../../locks/lock-graph.js';
import type {RowId} from '../../../row-id.js';

/** How many waiters are looked at: those that most others wait for. */
const mostLookedAt = 5;

/** A waiter for a table, as ALTER TABLE is one, that stands before others in the queue: without it most of them would go on. */
export function cheapCancel(
	{sights, blockedBy, childrenOf, freesOf}: LockGraph,
	root: RowId,
): {readonly id: RowId; readonly frees: Frees} | undefined {
	const before = blockedBy(root)
		.filter(id => sights.get(id)?.wait?.lock.type === 'relation' && childrenOf(id).length > 0)
		.sort((one, other) => childrenOf(other).length - childrenOf(one).length)
		.slice(0, mostLookedAt)
		.map(id => ({id, frees: freesOf(id)}))
		.filter(({frees}) => frees.most > 0);
	return before.reduce<(typeof before)[number] | undefined>(
		(best, one) => (best && best.frees.most >= one.frees.most ? best : one),
		undefined,
	);
}
