import type {Align} from '../text/width.js';
import {type Comparable, textOfValue} from './comparable.js';
import type {Fittable} from './fit.js';
import type {Item, Marks, Row} from './row.js';
import type {Style} from './style.js';

export type Column<V extends Item> = Fittable & {
	readonly id: string;
	readonly title: string;
	/** One line for the status line and the manual. */
	readonly help: string;
	readonly align: Align;
	/** What is compared, and what the column says to another program. */
	value(row: Row<V>): Comparable;
	/** What the cell shows, where that is not just the value. */
	text?(row: Row<V>, marks: Marks): string;
	/** Stands at the end of the cell, and is not cut. */
	tail?(row: Row<V>, marks: Marks): string;
	/** Used only where the row itself is not dimmed. */
	style?(row: Row<V>): readonly Style[];
	/** The first order: longest first for ages, A first for names. */
	readonly isDescending?: true;
	/** It has a value, and nobody sorts by it. */
	readonly isUnsortable?: true;
	/** It grows where there is much room, so that fewer of its values are cut. */
	readonly grows?: true;
	/** Shown only where the server is this machine: nothing else knows its values. */
	readonly isOfMachine?: true;
	/** The word of a dimmed row stands here, where it fits, and else before the text of the column that takes the rest. */
	readonly hasWord?: true;
};

/** The next column to sort by, or the one before; after the last comes the first. */
export function nextSorted<V extends Item>(columns: readonly Column<V>[], id: string, direction: 1 | -1) {
	const sortable = columns.filter(({isUnsortable}) => !isUnsortable);
	const index = sortable.findIndex(column => column.id === id);
	// From a column that is not shown, the first or the last.
	const from = index === -1 && direction === -1 ? 0 : index;
	return sortable[(from + direction + sortable.length) % sortable.length];
}

export const cellText = <V extends Item>(column: Column<V>, row: Row<V>, marks: Marks): string =>
	column.text?.(row, marks) ?? textOfValue(column.value(row));
