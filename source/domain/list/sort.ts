import {type Comparable, compareValues} from './comparable.js';
import type {Item, Row} from './row.js';

/** What rows are compared by; a column is one. */
export type RowOrder<V extends Item> = {
	value(row: Row<V>): Comparable;
	readonly isDescending?: boolean;
};

/** Which rows stand under others. Those that do have none under them. */
export type Nesting<V extends Item> = {
	/** By what others name it. Where several have one name, all stand under the first of them. */
	name(value: V): number | string;
	/** The name of what it belongs to. Where that is not listed, it stands by itself. */
	under(value: V): number | string | undefined;
};

/** What stands where in a list, whatever it is sorted by. */
export type Arrangement<V extends Item> = {
	/** The lower stand before the higher. */
	readonly group?: (value: V) => number;
	readonly nesting?: Nesting<V>;
	/** What decides between equals, in turn: the last of them must leave nothing to chance. */
	readonly ties: readonly RowOrder<V>[];
};

type Keyed<V extends Item> = {
	readonly row: Row<V>;
	readonly group: number;
	readonly value: Comparable;
	/** Told only where the values are equal. */
	ties: readonly Comparable[] | undefined;
};

/** Sorts rows for the list. Groups, nesting and ties are the same in both directions. */
export function sortRows<V extends Item>(
	rows: readonly Row<V>[],
	{group, nesting, ties}: Arrangement<V>,
	order: RowOrder<V>,
): readonly Row<V>[] {
	const keyed = rows.map(
		(row): Keyed<V> => ({
			row,
			group: group?.(row.value) ?? 0,
			value: order.value(row),
			ties: undefined,
		}),
	);
	const tiesOf = (one: Keyed<V>) => {
		one.ties ??= ties.map(tie => tie.value(one.row));
		return one.ties;
	};
	keyed.sort(
		(a, b) =>
			a.group - b.group ||
			compareValues(a.value, b.value, order.isDescending) ||
			compareAll(tiesOf(a), tiesOf(b), ties),
	);
	const sorted = keyed.map(({row}) => row);
	return nesting ? nested(sorted, nesting) : sorted;
}

function compareAll<V extends Item>(
	a: readonly Comparable[],
	b: readonly Comparable[],
	orders: readonly RowOrder<V>[],
): number {
	for (let index = 0; index < orders.length; index++) {
		const difference = compareValues(a[index], b[index], orders[index]?.isDescending);
		if (difference !== 0) return difference;
	}

	return 0;
}

/** Thousands of rows come by here with every picture, so nothing is copied on the way. */
function nested<V extends Item>(rows: readonly Row<V>[], {name, under}: Nesting<V>): readonly Row<V>[] {
	const heads = new Set<number | string>();
	for (const {value} of rows) {
		const head = under(value);
		if (head !== undefined) heads.add(head);
	}

	if (heads.size === 0) return rows;
	const below = new Map<number | string, Row<V>[]>();
	for (const {value} of rows)
		if (heads.has(name(value)) && under(value) === undefined) below.set(name(value), []);
	const others = rows.filter(row => {
		const head = under(row.value);
		const fellows = head === undefined ? undefined : below.get(head);
		fellows?.push(row);
		return fellows === undefined;
	});
	const result: Row<V>[] = [];
	for (const row of others) {
		result.push(row);
		if (under(row.value) === undefined) result.push(...takeFrom(below, name(row.value)));
	}

	return result;
}

/** A gone session and its successor may have the same pid: each row is placed once. */
function takeFrom<V extends Item>(below: Map<number | string, Row<V>[]>, head: number | string) {
	const own = below.get(head) ?? [];
	below.delete(head);
	return own;
}
