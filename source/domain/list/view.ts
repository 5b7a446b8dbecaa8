import type {Snapshot} from '../server/snapshot.js';
import type {Column} from './column.js';
import type {Item} from './row.js';
import type {Arrangement} from './sort.js';

/** Something to look at as a list: what its rows are, and what is shown of them. `How` is what a person may choose about that. */
export type View<V extends Item, How> = Arrangement<V> & {
	rows(picture: Snapshot): readonly V[];
	/** All there are, in their order on the screen. */
	readonly columns: readonly Column<V>[];
	/** Id of the column that it is sorted by first. */
	readonly sortedBy: string;
	/** Whether it is listed. */
	passes(value: V, how: How, picture: Snapshot): boolean;
	/** It stands for several others, and for nothing in a picture by itself: it comes with an order, and stays while that is held. */
	readonly isSummary?: (value: V) => boolean;
	/** Nothing goes on in it. */
	readonly isQuiet?: (value: V) => boolean;
	/** The same thing, among those of the next picture, where another id does not mean that it has gone. */
	readonly again?: (value: V, next: readonly V[]) => V | undefined;
};
