import {describe, expect, test} from 'vitest';
import {indexOfRow, type Row, rowWith} from '../../../source/domain/list/row.js';
import {countNew, holdRows, orderRows} from '../../../source/domain/list/rows.js';
import {minute, noon} from '../../helpers/state/backend.js';
import {by, pictureOf, type Table, table, tables} from './made-up.js';

const usual = {showsSystem: false};
const brief = (rows: readonly Row<Table>[]) =>
	rows.map(({value: {name}, isGone}) => (isGone ? `${name} gone` : name)).join(', ');
const order = (rows: readonly Row<Table>[], all: readonly Table[], pinned: readonly Table[] = []) =>
	orderRows(tables, rows, pictureOf(all), {
		how: usual,
		order: by('name'),
		pinned: new Set(pinned.map(({id}) => id)),
	});

const [a, b, c] = [table('a', {oid: 11}), table('b', {oid: 12}), table('c', {oid: 13})] as const;
const catalog = table('catalog', {isSystem: true, oid: 14});
const before = order([], [c, catalog, a, b]);

describe('a new order', () => {
	test('has what the picture has, as far as it passes', () => {
		expect(brief(before)).toBe('a, b, c');
		expect(brief(order(before, [b, table('d')]))).toBe('b, d');
		const all = {how: {showsSystem: true}, order: by('name'), pinned: new Set<never>()};
		expect(brief(orderRows(tables, before, pictureOf([a, catalog]), all))).toBe('a, catalog');
	});

	test('has what is pinned also where it does not pass, and in its line where it has gone', () => {
		expect(brief(order(before, [catalog, a], [catalog]))).toBe('a, catalog');
		expect(brief(order(before, [a, c], [b]))).toBe('a, b gone, c');
		expect(brief(order(before, [], [c]))).toBe('c gone');
	});

	test('is the same whatever the order before was', () => {
		const all = Array.from({length: 40}, (_, index) => table(`t${(index * 17) % 40}`, {size: index % 3}));
		const sorted = order([], all);
		const shifted = [...sorted.slice(25), ...order([], [table('gone'), ...all.slice(5)]).toReversed()];
		expect(order(shifted, all)).toEqual(sorted);
		expect(order(sorted.toReversed(), all)).toEqual(sorted);
	});

	test('has every row, even where a server gives two with one name', () => {
		expect(brief(order(before, [b, a, {...b, size: 1}]))).toBe('a, b, b');
	});

	test('takes a table that was renamed for no other, until it has gone', () => {
		const renamed = {...table('z'), oid: b.oid};
		expect(brief(order(before, [a, c, renamed], [b]))).toBe('a, c, z');
		const gone = order(before, [a, c], [b]);
		expect(brief(order(gone, [a, c, renamed], [b]))).toBe('a, b gone, c, z');
	});
});

describe('a held order', () => {
	test('keeps every line with its new values, and those that have gone with their old ones', () => {
		const bigger = {...b, size: 7};
		const held = holdRows(tables, before, pictureOf([table('d'), bigger, c], noon + minute));
		expect(held).toEqual([
			{value: a, at: noon, isGone: true},
			{value: bigger, at: noon + minute, isGone: false},
			{value: c, at: noon + minute, isGone: false},
		]);
	});

	test('follows a table that was renamed', () => {
		expect(brief(holdRows(tables, before, pictureOf([a, {...table('z'), oid: b.oid}, c])))).toBe('a, z, c');
	});

	test('counts the new ones that pass', () => {
		const next = pictureOf([a, table('d'), catalog]);
		expect(countNew(tables, before, next, {how: usual})).toBe(1);
		expect(countNew(tables, before, next, {how: {showsSystem: true}})).toBe(2);
	});

	test('without a rule for it, another id is another row', () => {
		const {again: _, ...strict} = tables;
		const next = pictureOf([a, {...table('z'), oid: b.oid}, c]);
		expect(brief(holdRows(strict, before, next))).toBe('a, b gone, c');
	});
});

test('a row is found by what it shows, and nothing is no row', () => {
	expect(indexOfRow(before, b.id)).toBe(1);
	expect(rowWith(before, b.id)).toBe(before[1]);
	expect(indexOfRow(before, table('x').id)).toBe(-1);
	expect(rowWith(before, undefined)).toBeUndefined();
});
