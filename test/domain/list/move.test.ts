import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Move, moved} from '../../../source/domain/list/move.js';
import {isInWindow} from '../../../source/domain/list/window.js';
import {rowsOf, table} from './made-up.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const rows = rowsOf(names.map(name => table(name)));
const idOf = (name: string) => table(name).id;
const nameOf = (id: string | undefined) => names.find(name => idOf(name) === id);
const line: Move = {by: 'line', direction: 1};

describe('in a window of three lines', () => {
	test.each<[selected: string | undefined, top: number, by: Move['by'], direction: 1 | -1, after: string]>([
		[undefined, 0, 'line', 1, 'a from 0'],
		[undefined, 0, 'line', -1, 'f from 3'],
		[undefined, 2, 'page', 1, 'a from 0'],
		[undefined, 0, 'end', -1, 'a from 0'],
		[undefined, 0, 'end', 1, 'f from 3'],
		['a', 0, 'line', 1, 'b from 0'],
		['c', 0, 'line', 1, 'd from 1'],
		['b', 1, 'line', -1, 'a from 0'],
		['b', 0, 'page', 1, 'e from 2'],
		['e', 2, 'page', 1, 'f from 3'],
		['b', 0, 'page', -1, 'a from 0'],
		['c', 2, 'end', 1, 'f from 3'],
		['c', 2, 'end', -1, 'a from 0'],
		['f', 3, 'line', 1, 'f from 3'],
		['a', 0, 'line', -1, 'a from 0'],
		// It is not in the window: the first movement goes there.
		['f', 0, 'line', 1, 'f from 3'],
		['a', 3, 'page', 1, 'a from 0'],
	])('from %s, the first line being row %d, by %s %d: %s', (selected, top, by, direction, after) => {
		const from = {...(selected && {selected: idOf(selected)}), top, height: 3};
		const to = moved(rows, from, {by, direction});
		expect(`${nameOf(to.selected)} from ${to.top}`).toBe(after);
	});
});

test('in an empty list nothing is selected', () => {
	expect(moved([], {top: 0, height: 3}, line)).toEqual({top: 0, height: 3});
});

test('after any movement, the selected row is in the window', () => {
	const anyMove = fc.record({
		by: fc.constantFrom('line', 'page', 'end'),
		direction: fc.constantFrom(1, -1),
	});
	fc.assert(
		fc.property(
			fc.option(fc.constantFrom(...names), {nil: undefined}),
			fc.nat(5),
			fc.integer({min: 1, max: 8}),
			anyMove,
			(selected, top, height, how) => {
				const from = {...(selected && {selected: idOf(selected)}), top, height};
				const to = moved(rows, from, how);
				const index = rows.findIndex(({value}) => value.id === to.selected);
				expect(isInWindow(index, to.top, height)).toBe(true);
			},
		),
	);
});
