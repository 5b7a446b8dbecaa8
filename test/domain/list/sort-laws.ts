import fc, {type Arbitrary} from 'fast-check';
import {expect, test} from 'vitest';
import {type Comparable, untold} from '../../../source/domain/list/comparable.js';
import type {Item, Row} from '../../../source/domain/list/row.js';
import {type Arrangement, type RowOrder, sortRows} from '../../../source/domain/list/sort.js';

const rankOf = (value: Comparable) => (value === undefined ? 1 : value === untold ? 2 : 0);

/** What holds of every sorted list. `isReal`: whether such rows can be in one picture. */
export function sortLaws<V extends Item>(
	view: Arrangement<V>,
	anyRows: Arbitrary<readonly Row<V>[]>,
	anyOrder: Arbitrary<RowOrder<V>>,
	isReal: (rows: readonly Row<V>[]) => boolean = () => true,
) {
	const ids = (rows: readonly Row<V>[]) => rows.map(({value: {id}}) => id);
	const law = (holds: (rows: readonly Row<V>[], order: RowOrder<V>) => void) =>
		fc.assert(fc.property(anyRows, anyOrder, holds));
	const {group = () => 0, nesting} = view;
	const under = (value: V) => nesting?.under(value);
	/** Those that stand under no other. */
	const outermost = (rows: readonly Row<V>[]) => {
		const heads = new Set(
			rows.filter(({value}) => under(value) === undefined).map(({value}) => nesting?.name(value)),
		);
		return rows.filter(({value}) => !heads.has(under(value) ?? Number.NaN));
	};

	test('every row is placed once', () => {
		law((rows, order) => {
			expect([...ids(sortRows(rows, view, order))].sort()).toEqual([...ids(rows)].sort());
		});
	});

	test('how they came changes nothing: the order is total', () => {
		fc.assert(
			fc.property(anyRows, anyOrder, fc.array(fc.nat()), (rows, order, keys) => {
				const shuffled = rows
					.map((row, index) => ({row, key: keys[index] ?? index}))
					.sort((a, b) => a.key - b.key)
					.map(({row}) => row);
				fc.pre(isReal(rows));
				expect(ids(sortRows(shuffled, view, order))).toEqual(ids(sortRows(rows, view, order)));
			}),
		);
	});

	test('sorting twice is sorting once', () => {
		law((rows, order) => {
			const once = sortRows(rows, view, order);
			expect(sortRows(once, view, order)).toEqual(once);
		});
	});

	test('what stands under another has nothing but its fellows between', () => {
		law((rows, order) => {
			const all = sortRows(rows, view, order).map(({value}) => value);
			const heads = new Set(
				all.filter(value => under(value) === undefined).map(value => nesting?.name(value)),
			);
			for (const [index, value] of all.entries()) {
				const head = under(value);
				if (head === undefined || !heads.has(head)) continue;
				const above = all.slice(0, index).findLast(one => under(one) !== head);
				expect(above && nesting?.name(above)).toBe(head);
			}
		});
	});

	test('groups do not mix', () => {
		law((rows, order) => {
			const groups = outermost(sortRows(rows, view, order)).map(({value}) => group(value));
			expect(groups).toEqual([...groups].sort((a, b) => a - b));
		});
	});

	test('in a group, what has a value stands before what has none, and what may not be told last', () => {
		law((rows, order) => {
			const all = outermost(sortRows(rows, view, order));
			for (const one of new Set(all.map(({value}) => group(value)))) {
				const ranks = all.filter(({value}) => group(value) === one).map(row => rankOf(order.value(row)));
				expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
			}
		});
	});
}
