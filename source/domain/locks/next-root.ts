import type {RowId} from '../row-id.js';
import type {LockGraph} from './lock-graph.js';

/** The root that is next from a row: that of the chain in which the row waits, else the worst; from a root the one after it. Undefined where nobody waits. */
export function nextRoot({roots, sights, rootOf}: LockGraph, from: RowId | undefined): RowId | undefined {
	const [worst] = roots;
	if (from === undefined) return worst;
	const place = roots.indexOf(from);
	if (place >= 0) return roots[place + 1] ?? worst;
	const root = sights.get(from)?.wait ? rootOf(from) : undefined;
	// Who waits for nobody that is known stands under no root.
	return root !== undefined && roots.includes(root) ? root : worst;
}
