import {describe, expect, test} from 'vitest';
import {type Column, cellText, nextSorted} from '../../../source/domain/list/column.js';
import {noon, second} from '../../helpers/state/backend.js';
import {rowsOf, type Table, table, tables} from './made-up.js';

const textsOf = (of: Table) =>
	rowsOf([of]).flatMap(row => tables.columns.map(column => cellText(column, row, {})));

describe('a cell', () => {
	test('shows the value where the column says no other text', () => {
		const all = table('orders', {size: 9, vacuumedAt: noon - 3 * second, comment: 'big'});
		expect(textsOf(all)).toEqual(['orders', '', '9', '3s', 'big']);
	});

	test('is empty without a value, and ? where it may not be told', () => {
		expect(textsOf(table('secret', {isDenied: true}))).toEqual(['secret', '', '?', 'never', '']);
	});

	test('may stay empty although there is a value', () => {
		const [name, ...others] = tables.columns;
		const blank: Column<Table> | undefined = name && {...name, text: () => ''};
		const [row] = rowsOf([table('orders')]);
		expect(others).not.toEqual([]);
		expect(blank && row && cellText(blank, row, {})).toBe('');
	});
});

describe('sorting by the next column', () => {
	const nextTo = (id: string, direction: 1 | -1, columns = tables.columns) =>
		nextSorted(columns, id, direction)?.id;

	test('goes through those that can be sorted by, and round', () => {
		expect(['name', 'kind', 'size', 'vacuumed'].map(id => nextTo(id, 1))).toEqual([
			'kind',
			'size',
			'vacuumed',
			'name',
		]);
		expect(['name', 'kind', 'size', 'vacuumed'].map(id => nextTo(id, -1))).toEqual([
			'vacuumed',
			'name',
			'kind',
			'size',
		]);
	});

	test('begins at either end where the column is not among them', () => {
		expect(nextTo('comment', 1)).toBe('name');
		expect(nextTo('comment', -1)).toBe('vacuumed');
	});

	test('leads nowhere where there is none', () => {
		expect(nextTo('name', 1, [])).toBeUndefined();
		expect(nextTo('name', -1, tables.columns.slice(-1))).toBeUndefined();
	});
});
