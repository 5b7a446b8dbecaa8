import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fitColumns} from '../../source/domain/list/fit.js';
import type {Marks, Row, Word} from '../../source/domain/list/row.js';
import {clean} from '../../source/domain/text/clean.js';
import {widthOf} from '../../source/domain/text/width.js';
import {textOf} from '../../source/lines/line.js';
import {plainList} from '../../source/lines/plain-list.js';
import {rowLine, titleLine} from '../../source/lines/row.js';
import {rowsOf, type Table, table, tables} from '../domain/list/made-up.js';
import {hostileText} from '../domain/text/hostile.js';
import {noon, second} from '../helpers/state/backend.js';

// Rows that are no sessions: the same functions draw and print them.
const orders = table('orders', {size: 9000, vacuumedAt: noon - 60 * second, comment: 'all of them'});
const rowOf = (of: Table): Row<Table> => ({value: of, at: noon, isGone: false});
const drawn = (of: Table, marks: Marks = {}, isSelected = false, width = 60) =>
	rowLine(fitColumns(tables.columns, width), rowOf(of), marks, isSelected);
const shown = (...of: Parameters<typeof drawn>) => textOf(drawn(...of)).trimEnd();

describe('a line of the list', () => {
	test('has the columns that have room', () => {
		expect(shown(orders)).toBe('  orders            9000       60s all of them');
		expect(shown(orders, {}, false, 36)).toBe('  orders     9000 all of them');
		expect(shown(orders, {}, false, 24)).toBe('  orders   all of them');
	});

	test('has the style of its columns', () => {
		expect(drawn(orders).filter(({styles}) => styles)).toEqual([{text: '  9000', styles: ['hurts']}]);
		expect(drawn(table('small', {size: 9})).every(({styles}) => !styles)).toBe(true);
	});

	test('that is selected has its mark, and is inverse', () => {
		expect(shown(orders, {flag: '*'}, true)).toMatch(/^>\*orders /);
		for (const {styles} of drawn(orders, {}, true)) expect(styles?.at(-1)).toBe('selected');
	});

	test('has its flag before the first column', () => {
		expect(shown(orders, {flag: '-'})).toMatch(/^ -orders /);
	});

	test('that is dimmed has its word in the column that is for it, or before the last one', () => {
		expect(shown(orders, {word: 'gone'})).toBe('  orders   gone     9000       60s all of them');
		expect(shown(orders, {word: 'gone'}, false, 36)).toBe('  orders     9000 gone all of them');
		for (const {styles} of drawn(orders, {word: 'gone'})) expect(styles).toEqual(['dim']);
	});

	test('has its word before the last column also where its own is too narrow for it', () => {
		const columns = tables.columns.map(column => (column.hasWord ? {...column, width: 5} : column));
		const wordIn = (word: Word) => textOf(rowLine(fitColumns(columns, 60), rowOf(orders), {word}, false));
		expect(wordIn('stale')).toMatch(/^ {2}orders {3}stale .* {2}60s all of them/);
		expect(wordIn('hidden')).toMatch(/^ {2}orders {11}.* {2}60s hidden all of them/);
	});

	test('has a note instead of the text of the last column', () => {
		expect(shown(orders, {note: 'dropped'})).toBe('  orders            9000       60s dropped');
		expect(shown(orders, {note: ''})).toBe('  orders            9000       60s');
		const both: Marks = {word: 'gone', note: 'dropped'};
		expect(shown(orders, both, false, 36)).toBe('  orders     9000 gone dropped');
	});
});

test('a list is printed with its titles and all rows', () => {
	const rows = [orders, table('secret', {isDenied: true})];
	const lines = plainList(
		tables.columns,
		rowsOf(rows).map(row => ({row, marks: row.value.isDenied ? {flag: '-'} : {}})),
		{sortedBy: 'size', isReversed: false},
		Infinity,
	);
	expect(lines.map(line => textOf(line).trimEnd())).toEqual([
		'  TABLE    KIND    SIZE▼  VACUUMED COMMENT',
		'  orders            9000       60s all of them',
		' -secret               ?     never',
	]);
});

describe('every line is exactly as wide as it has room', () => {
	const narrowest = 24;
	const text = hostileText.map(clean);
	const anyRow = fc.record({name: text, comment: text, size: fc.nat(), isSystem: fc.constant(true as const)});
	const anyMarks = fc.record(
		{
			word: fc.constantFrom('gone', 'stale', 'hidden'),
			flag: fc.constantFrom('-', '*'),
			note: text,
		},
		{requiredKeys: []},
	);

	test('a row, whatever stands first', () => {
		const anyColumns = fc.shuffledSubarray([...tables.columns], {minLength: 1});
		fc.assert(
			fc.property(
				fc.integer({min: narrowest, max: 150}),
				anyColumns,
				anyRow,
				anyMarks,
				fc.boolean(),
				(width, columns, {name, ...facts}, marks, isSelected) => {
					const line = rowLine(fitColumns(columns, width), rowOf(table(name, facts)), marks, isSelected);
					expect(widthOf(textOf(line))).toBe(width);
				},
			),
			{numRuns: 500},
		);
	});

	test('the titles', () => {
		for (let width = narrowest; width <= 150; width++)
			for (const {id} of tables.columns) {
				const line = titleLine(fitColumns(tables.columns, width), {sortedBy: id, isReversed: true});
				expect(widthOf(textOf(line))).toBe(width);
			}
	});
});
