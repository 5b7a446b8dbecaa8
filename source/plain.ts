import {columns} from './columns.js';
import {orderRows} from './domain/list/rows.js';
import {ratesBetween} from './domain/rates.js';
import type {Rights} from './domain/rights.js';
import type {Snapshot} from './domain/snapshot.js';
import {flagOf} from './state/select.js';
import {headerLines} from './ui/lines/header.js';
import {textOf} from './ui/lines/line.js';
import {columnsFor, rowLine, titleLine} from './ui/lines/row.js';

export type Picture = {
	readonly target: string;
	/** An earlier picture, for the rates. */
	readonly before: Snapshot;
	readonly snapshot: Snapshot;
	/** Undefined when they could not be read. */
	readonly rights: Rights | undefined;
	readonly isReadOnly: boolean;
	/** Cells of a line; undefined where lines may be as long as they are. */
	readonly width: number | undefined;
};

const sortedBy = 'time';

/** One picture as plain text: the same lines as on the screen, all rows, no escape sequences. */
export function plainText({target, before, snapshot, rights, isReadOnly, width}: Picture): string {
	const fitted = columnsFor(width ?? Infinity);
	const heading = {target, snapshot, rates: ratesBetween(before, snapshot), isReadOnly};
	const order = {
		sortBy: columns.find(({id}) => id === sortedBy)?.sortBy ?? (() => undefined),
		isDescending: true,
	};
	const rows = orderRows([], snapshot, {showsIdle: true, showsBackground: false}, order, new Set());
	const lines = [
		...headerLines(heading, width ?? 120, 3),
		titleLine(fitted, {sortedBy, isReversed: false}),
		...rows.map(row => {
			const flag = flagOf(row, rights);
			return rowLine(fitted, {...row, ...(flag && {flag})}, false);
		}),
	];
	return lines.map(line => `${textOf(line).trimEnd()}\n`).join('');
}
