import type {Column} from '../domain/list/column.js';
import {fitColumns} from '../domain/list/fit.js';
import type {Item, ShownRow} from '../domain/list/row.js';
import type {Line} from './line.js';
import {rowLine, type Titles, titleLine} from './row.js';

/** The titles and all rows of a list, in lines of `width` cells; Infinity where they may be as long as they are. */
export function plainList<V extends Item>(
	columns: readonly Column<V>[],
	rows: readonly ShownRow<V>[],
	titles: Titles,
	width: number,
): readonly Line[] {
	const fitted = fitColumns(columns, width);
	return [titleLine(fitted, titles), ...rows.map(({row, marks}) => rowLine(fitted, row, marks, false))];
}
