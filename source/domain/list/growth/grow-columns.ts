import {type Column, cellText} from '../column.js';
import {fitColumns} from '../fit.js';
import type {Item, Row} from '../row.js';
import {isWider, widerThan} from './wider-than.js';

/** Cells that the last column keeps: what it has above that is for the columns that grow. */
const kept = 60;

/** No column grows wider, in cells. */
const widest = 20;

/**
Gives the room that the last column does not need in a line of `width` cells to the columns that grow: one cell at a time to the one that cuts most values, the first of these on a tie.

No column becomes narrower. Returns the same columns where none grows. `before` are the rows for which these columns have grown last in a line of this width.
*/
export function growColumns<V extends Item>(
	columns: readonly Column<V>[],
	rows: readonly Row<V>[],
	width: number,
	before: readonly Row<V>[] = [],
): readonly Column<V>[] {
	const fitted = fitColumns(columns, width);
	let spare = (fitted.at(-1)?.width ?? 0) - kept;
	if (spare <= 0) return columns;
	const changed = changedRows(rows, before);
	const growing = fitted
		.map(({column}) => column)
		.filter(column => column.grows && column.width < widest && isCutting(column, changed))
		.map(column => ({id: column.id, width: column.width, cut: widerThan(textsOf(column, rows), widest)}));
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

const noMarks = {};

const textsOf = <V extends Item>(column: Column<V>, rows: readonly Row<V>[]) =>
	rows.map(row => cellText(column, row, noMarks));

/** Of thousands of rows most are as they were in the picture before, the same objects: what is cut in one of those was cut then. */
function changedRows<V extends Item>(rows: readonly Row<V>[], before: readonly Row<V>[]): readonly Row<V>[] {
	const movedIn = (some: readonly Row<V>[], others: readonly Row<V>[]) =>
		some.filter(({value}, index) => value !== others[index]?.value);
	const moved = movedIn(rows, before);
	if (moved.length === 0) return moved;
	const known = new Set(movedIn(before, rows).map(({value}) => value));
	return moved.filter(({value}) => !known.has(value));
}

const isCutting = <V extends Item>(column: Column<V>, rows: readonly Row<V>[]) =>
	rows.some(row => isWider(cellText(column, row, noMarks), column.width));
