import {type Column, cellText} from '../domain/list/column.js';
import {type Fitted, fitColumns} from '../domain/list/fit.js';
import type {Item, ShownRow} from '../domain/list/row.js';
import {widthOf} from '../domain/text/width.js';
import type {Line} from './line.js';
import {rowLine, type Titles, titleLine} from './row.js';

/** Where lines may be as long as they are, what stands behind the longest column is in line all the same. */
function unlimited<V extends Item>(
	columns: readonly Column<V>[],
	rows: readonly ShownRow<V>[],
): readonly Fitted<Column<V>>[] {
	const fitted = fitColumns(columns, Infinity);
	return fitted.map((one, index) => {
		if (one.width < Infinity || index === fitted.length - 1) return one;
		const {column} = one;
		const texts = rows.map(({row, marks}) => cellText(column, row, marks) + (marks.indent ?? ''));
		return {column, width: Math.max(...[column.title, ...texts].map(widthOf))};
	});
}

/** The titles and all rows of a list, in lines of `width` cells; Infinity where they may be as long as they are. */
export function plainList<V extends Item>(
	columns: readonly Column<V>[],
	rows: readonly ShownRow<V>[],
	titles: Titles,
	width: number,
): readonly Line[] {
	const fitted = width === Infinity ? unlimited(columns, rows) : fitColumns(columns, width);
	return [titleLine(fitted, titles), ...rows.map(({row, marks}) => rowLine(fitted, row, marks, false))];
}
