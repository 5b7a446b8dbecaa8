import {lockGraphOf} from '../locks/lock-graph.js';
import type {RowId} from '../row-id.js';
import type {Snapshot} from '../server/snapshot.js';
import type {Item, Row} from './row.js';
import {type RowOrder, sortRows} from './sort.js';
import type {View} from './view.js';

function toRow<V extends Item>(value: V, picture: Snapshot): Row<V> {
	const {at, nextXid} = picture;
	const row = nextXid === undefined ? {value, at, isGone: false} : {value, at, nextXid, isGone: false};
	const lock = lockGraphOf(picture).sights.get(value.id);
	return lock ? {...row, lock} : row;
}

/** What a row is listed as now under another id. What has gone does not come back. */
const againOf = <V extends Item, How>(
	{again}: View<V, How>,
	{value, isGone}: Row<V>,
	values: readonly V[],
) => (isGone ? undefined : again?.(value, values));

/** The lines while the order is held: the same ones, with new values. Those that have gone keep their values, and new ones wait. */
export function holdRows<V extends Item, How>(
	view: View<V, How>,
	rows: readonly Row<V>[],
	picture: Snapshot,
): readonly Row<V>[] {
	const values = view.rows(picture);
	const found = new Map(values.map(value => [value.id, value]));
	return rows.map(row => {
		if (view.isSummary?.(row.value)) return row;
		const value = found.get(row.value.id) ?? againOf(view, row, values);
		return value ? toRow(value, picture) : row.isGone ? row : {...row, isGone: true};
	});
}

/** How many rows the next order will bring. `folded`: these are listed, in a line that stands for several. */
export function countNew<V extends Item, How>(
	view: View<V, How>,
	rows: readonly Row<V>[],
	picture: Snapshot,
	shown: Listed<V, How>,
	folded: ReadonlySet<RowId> = new Set(),
): number {
	const known = new Set(rows.map(({value}) => value.id));
	return view
		.rows(picture)
		.filter(value => !known.has(value.id) && !folded.has(value.id) && isShown(view, value, picture, shown))
		.length;
}

/** What decides whether a row is listed: the view, and the filter that is in force. */
export type Listed<V extends Item, How> = {
	readonly how: How;
	/** Absent where there is no filter. */
	readonly matches?: ((value: V, picture: Snapshot) => boolean) | undefined;
};

const isShown = <V extends Item, How>(
	view: View<V, How>,
	value: V,
	picture: Snapshot,
	{how, matches}: Listed<V, How>,
): boolean => view.passes(value, how, picture) && (!matches || matches(value, picture));

/** How many rows are listed of all that the view would list without the filter. */
export function countShown<V extends Item, How>(
	view: View<V, How>,
	picture: Snapshot,
	{how, matches}: Listed<V, How>,
): {readonly shown: number; readonly of: number} {
	const all = view.rows(picture).filter(value => view.passes(value, how, picture));
	return {
		shown: matches ? all.filter(value => matches(value, picture)).length : all.length,
		of: all.length,
	};
}

export type Wanted<V extends Item, How> = Listed<V, How> & {
	readonly order: RowOrder<V>;
	/** These are listed even where they do not pass, and keep their line after they have gone. */
	readonly pinned: ReadonlySet<RowId>;
	/** What stands above another: it is listed with that, even where it does not pass. */
	readonly above?: ((id: RowId) => RowId | undefined) | undefined;
};

/** The lines of a new order. */
export const orderRows = <V extends Item, How>(
	view: View<V, How>,
	rows: readonly Row<V>[],
	picture: Snapshot,
	wanted: Wanted<V, How>,
): readonly Row<V>[] =>
	withGoneRows(view, sortedRows(view, rows, picture, wanted), rows, picture, wanted.pinned);

/** Those of the picture that are listed, sorted. `rows` are the lines of before. */
export function sortedRows<V extends Item, How>(
	view: View<V, How>,
	rows: readonly Row<V>[],
	picture: Snapshot,
	{order, pinned, above, ...shown}: Wanted<V, How>,
): readonly Row<V>[] {
	const values = view.rows(picture);
	const own = values.filter(value => isShown(view, value, picture, shown) || pinned.has(value.id));
	const listed = above ? withAbove(values, own, above) : own;
	const live = inOrderOf(rows, listed).map(value => toRow(value, picture));
	return sortRows(live, view, order);
}

/** Each with all that stands above it, in the order of `values`. */
function withAbove<V extends Item>(
	values: readonly V[],
	listed: readonly V[],
	above: (id: RowId) => RowId | undefined,
): readonly V[] {
	const ids = new Set(listed.map(({id}) => id));
	const before = ids.size;
	for (const {id} of listed)
		for (let next = above(id); next !== undefined && !ids.has(next); next = above(next)) ids.add(next);
	return ids.size === before ? listed : values.filter(({id}) => ids.has(id));
}

/** New lines with those of before that are pinned and have gone: each keeps its place. */
export function withGoneRows<V extends Item, How>(
	view: View<V, How>,
	lines: readonly Row<V>[],
	before: readonly Row<V>[],
	picture: Snapshot,
	pinned: ReadonlySet<RowId>,
): readonly Row<V>[] {
	const values = view.rows(picture);
	const there = new Set(values.map(({id}) => id));
	const all = [...lines];
	for (const [index, row] of before.entries()) {
		if (!pinned.has(row.value.id) || view.isSummary?.(row.value)) continue;
		const isThere = there.has(row.value.id) || againOf(view, row, values);
		// Behind the end it is the end.
		if (!isThere) all.splice(index, 0, {...row, isGone: true});
	}

	return all.length === lines.length ? lines : all;
}

/** The values in the order of the rows before, new ones behind them. What is nearly sorted is sorted in a fraction of the time. */
function inOrderOf<V extends Item>(rows: readonly Row<V>[], values: readonly V[]): readonly V[] {
	const waiting = new Map<RowId, V>();
	for (const value of values) waiting.set(value.id, value);
	if (waiting.size < values.length) return values;
	const ordered: V[] = [];
	for (const {value: before} of rows) {
		const value = waiting.get(before.id);
		if (!value) continue;
		ordered.push(value);
		waiting.delete(before.id);
	}

	for (const value of waiting.values()) ordered.push(value);
	return ordered;
}
