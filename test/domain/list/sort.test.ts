import {describe, expect, test} from 'vitest';
import {sortRows} from '../../../source/domain/list/sort.js';
import {noon, second} from '../../helpers/state/backend.js';
import {by, rowsOf, type Table, table, tables} from './made-up.js';

const sorted = (order: ReturnType<typeof by>, ...all: readonly Table[]) =>
	sortRows(rowsOf(all), tables, order)
		.map(({value: {name}}) => name)
		.join(' ');

const orders = table('orders', {size: 900, vacuumedAt: noon - 9 * second});
const items = table('items', {size: 90, vacuumedAt: noon - 60 * second});
const audit = table('audit', {size: 1000, vacuumedAt: noon - second});

test.each([
	['name', false, 'audit items orders'],
	['name', true, 'orders items audit'],
	['size', false, 'audit orders items'],
	['size', true, 'items orders audit'],
	['vacuumed', false, 'items orders audit'],
	['vacuumed', true, 'audit orders items'],
])('by %s, reversed %s: %s', (id, isReversed, names) => {
	expect(sorted(by(id, isReversed), orders, items, audit)).toBe(names);
});

describe.each([false, true])('in both directions, reversed: %s', isReversed => {
	const size = by('size', isReversed);

	test('what has no value stands behind what has one, and what may not be told behind that', () => {
		const secret = table('secret', {isDenied: true, size: 5000});
		expect(sorted(size, secret, table('view'), orders)).toBe('orders view secret');
	});

	test('ties fall by each rule in turn, in its own direction', () => {
		const same = (name: string, oid: number) => table(name, {size: 5, oid});
		expect(sorted(size, same('b', 1), same('c', 2), same('a', 1))).toBe('c a b');
		expect(sorted(size, table('b'), table('c', {oid: 2}), table('a'))).toBe('c a b');
	});

	test('groups do not mix', () => {
		const catalog = (name: string, bytes: number) => table(name, {isSystem: true, size: bytes});
		const names = sorted(size, catalog('big', 1e9), orders, catalog('small', 1)).split(' ');
		expect(names[0]).toBe('orders');
		expect(names.slice(1)).toEqual(isReversed ? ['small', 'big'] : ['big', 'small']);
	});

	test('partitions stand under their table, in the order of the list', () => {
		const part = (name: string, bytes: number) => table(name, {partOf: 'orders', size: bytes});
		const names = sorted(size, part('p2', 2), audit, part('p1', 1), orders, items);
		const parts = isReversed ? 'p1 p2' : 'p2 p1';
		expect(names).toContain(`orders ${parts}`);
	});
});

test('a row whose head is not listed stands by itself, in its group', () => {
	const orphan = table('orphan', {partOf: 'nothing', size: 950});
	expect(sorted(by('size'), orders, orphan, audit)).toBe('audit orphan orders');
});

test('what stands under another has nothing under it', () => {
	const part = table('p', {partOf: 'orders'});
	expect(sorted(by('name'), table('q', {partOf: 'p'}), part, orders)).toBe('orders p q');
});

test('without groups and nesting, rows are only compared', () => {
	const {ties} = tables;
	const all = rowsOf([table('p', {partOf: 'orders', size: 950}), orders, audit]);
	const names = sortRows(all, {ties}, by('size')).map(({value: {name}}) => name);
	expect(names).toEqual(['audit', 'p', 'orders']);
});
