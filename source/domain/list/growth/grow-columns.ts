import {type Column, cellText} from '../column.js';
import {fitColumns, restIndex} from '../fit.js';
import type {Item, Marks, Row} from '../row.js';
import {isWider, widerThan} from './wider-than.js';

/** Cells that the column that takes the rest keeps: what it has above that is for the columns that grow. */
const kept = 60;

/** No column grows wider, in cells. */
const widest = 20;

/**
Gives the room that the column that takes the rest does not need in a line of `width` cells to the columns that grow: one cell at a time to the one that cuts most values, the first of these on a tie.

No column becomes narrower. Returns the same columns where none grows. `before` are the rows for which these columns have grown last in a line of this width; `marksOf` says what the line of the row at an index has besides its values.
*/
export function growColumns<V extends Item>(
	columns: readonly Column<V>[],
	rows: readonly Row<V>[],
	width: number,
	{before = [], marksOf = () => noMarks}: Growth<V> = {},
): readonly Column<V>[] {
	const fitted = fitColumns(columns, width);
	let spare = (fitted[restIndex(fitted)]?.width ?? 0) - kept;
	if (spare <= 0) return columns;
	const changed = changedRows(rows, before);
	const textAt = (column: Column<V>, index: number) => {
		const row = rows[index];
		if (!row) return '';
		return cellText(column, row, noMarks) + (column.tail?.(row, marksOf(index)) ?? '');
	};
	const growing = fitted
		.map(({column}) => column)
		.filter(
			column =>
				column.grows &&
				column.width < widest &&
				changed.some(index => isWider(textAt(column, index), column.width)),
		)
		.map(column => ({
			id: column.id,
			width: column.width,
			cut: widerThan(
				rows.map((_, index) => textAt(column, index)),
				widest,
			),
		}));
	const cutBy = (one: {readonly width: number; readonly cut: readonly number[]}) => one.cut[one.width] ?? 0;
	while (spare > 0) {
		const next = growing.reduce<(typeof growing)[number] | undefined>(
			(best, one) =>
				one.width < widest && cutBy(one) > 0 && (!best || cutBy(one) > cutBy(best)) ? one : best,
			undefined,
		);
		if (!next) break;
		next.width++;
		spare--;
	}

	if (growing.length === 0) return columns;
	return columns.map(column => {
		const grown = growing.find(({id}) => id === column.id);
		return grown ? {...column, width: grown.width} : column;
	});
}

type Growth<V extends Item> = {
	readonly before?: readonly Row<V>[];
	readonly marksOf?: (index: number) => Marks;
};

const noMarks = {};

/** Indexes of rows. Of thousands most are as they were in the picture before, the same objects: what is cut in one of those was cut then. */
function changedRows<V extends Item>(rows: readonly Row<V>[], before: readonly Row<V>[]): readonly number[] {
	const isMoved = (index: number) => rows[index]?.value !== before[index]?.value;
	const moved: number[] = [];
	for (const index of rows.keys()) if (isMoved(index)) moved.push(index);
	if (moved.length === 0) return moved;
	const known = new Set(before.filter((_, index) => isMoved(index)).map(({value}) => value));
	return moved.filter(index => {
		const row = rows[index];
		return row !== undefined && !known.has(row.value);
	});
}
