import type {RowId} from '../../domain/row-id.js';

/** What the screen knows of who blocks whom. */
export type TreeState = {
	/** The list is a tree: who blocks stands above those that wait for it. */
	readonly isTree?: true;
	/** Whose long queues are open in the tree: their waiters stand one by one. */
	readonly opened: ReadonlySet<RowId>;
	/** In the tree, what stands before the text of a row, by its id; made with the order, and held with it. */
	readonly branches: ReadonlyMap<RowId, string>;
	/** In the tree, those that have no row, because a line stands for them; made with the order. */
	readonly folded: ReadonlySet<RowId>;
	/** Whom the frames on the terminal have named as the worst that blocks, and since when. `isAfterAnother`: the frame before had another one. */
	readonly worst?: {readonly id: RowId; readonly since: number; readonly isAfterAnother?: true};
};
