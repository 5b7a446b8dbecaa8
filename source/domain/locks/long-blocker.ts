import type {Micros} from '../micros.js';
import type {RowId} from '../row-id.js';
import type {LockGraph} from './lock-graph.js';

/** Who blocks most, where somebody has waited behind it for longer than this, in microseconds. */
export function longBlocker(graph: LockGraph, at: Micros, longerThan: number): RowId | undefined {
	const [worst] = graph.roots;
	if (worst === undefined) return undefined;
	const isLong = (id: RowId) => at - (graph.sights.get(id)?.wait?.since ?? at) > longerThan;
	return graph.blockedBy(worst).some(isLong) ? worst : undefined;
}
