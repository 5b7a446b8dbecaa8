import type {RowId} from '../../row-id.js';

/** What is wrong. */
export type Finding = {
	readonly text: string;
	/** The same with less of it, where it would cost the key that leads there. */
	readonly short?: string;
	/** What to know about it. */
	readonly more?: string;
	/** What pgtop does about it by itself while it runs. */
	readonly next?: string;
	/** It hurts, or is about to. Anything else is open. */
	readonly isRed?: true;
	/** The session that is meant. */
	readonly pid?: number;
	/** The row that is meant, which may be of a prepared transaction. */
	readonly id?: RowId;
};

/** An alert, told from the others by its name and its session, or its row. Where it has none, or that is another by now, its place among those of its name tells it. */
export type ChosenAlert = Pick<Finding, 'pid' | 'id'> & {readonly name: string; readonly place: number};
