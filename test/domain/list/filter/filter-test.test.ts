import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import type {Filter} from '../../../../source/domain/list/filter/filter.js';
import {filterTest} from '../../../../source/domain/list/filter/filter-test.js';
import {parseFilter} from '../../../../source/domain/list/filter/parse-filter.js';
import {minute, noon, second, snapshot} from '../../../helpers/state/backend.js';
import {type Table, table} from '../made-up.js';
import {anyTable, aptTerm, tableWords} from './table-words.js';

/** One that has come to an end on all texts, but for `unknown`. */
const runAll = (pattern: string, text: string) =>
	pattern === 'unknown' ? undefined : new RegExp(pattern, 'i').test(text);

const picture = snapshot([]);

const testOf = (filter: Filter) => filterTest(filter, tableWords, runAll);

function read(text: string): Filter {
	const parsed = parseFilter(text, tableWords);
	if (parsed.type === 'bad') throw new Error(parsed.sentence);
	return parsed.filter;
}

const passes = (text: string, value: Table) => testOf(read(text))(value, picture);

const orders = table('Orders', {
	oid: 42,
	partOf: 'all_orders',
	comment: 'Paid (50% off)',
	vacuumedAt: noon - minute,
});
const denied = table('orders', {oid: 43, isDenied: true, comment: 'paid'});
const bare = table('items', {oid: 44});

describe('of Orders', () => {
	test.each([
		[true, ''],
		[true, 'ORDER'],
		[true, 'paid'],
		[true, 'orders (50% off) "d (5"'],
		[true, '"50% OFF)"'],
		[false, 'orders unpaid'],
		[false, 'Orders.*'],
		[false, 'all_orders'],
		[true, '42'],
		[false, '4'],
		[true, '50'],
		[true, 'name:RDE'],
		[true, 'name=orders'],
		[false, 'name=order'],
		[true, 'part:all_'],
		[false, 'part:orders'],
		[true, 'part=ALL_ORDERS'],
		[true, 'kind:User'],
		[false, 'kind:system'],
		[true, 'oid:42'],
		[false, 'oid:4'],
		[true, 'comment:OFF)'],
		[false, 'comment:paid'],
		[false, 'comment=off)'],
		[true, '>59s <61s'],
		[false, '>60s'],
		[false, '<60s'],
		[true, '->60s'],
		[true, '~/^paid .*\\)$/'],
		[false, '-~/paid/'],
		[false, '-orders'],
		[true, '-unpaid -name:x'],
	])('it is %s that it matches %s', (isMatch, text) => {
		expect(passes(text, orders)).toBe(isMatch);
	});
});

test('what a role may not see matches neither a word nor its opposite', () => {
	for (const word of ['comment:paid', 'comment:x', '~/paid/', '~/x/', 'paid', 'x']) {
		expect(passes(word, denied)).toBe(false);
		expect(passes(`-${word}`, denied)).toBe(false);
	}
});

test('what a role may see of a row is found all the same', () => {
	expect(passes('orders', denied)).toBe(true);
	expect(passes('-orders', denied)).toBe(false);
});

test('what a row has none of is not there, so that the opposite matches', () => {
	for (const word of ['paid', 'part:x', 'comment:x', '~/x/']) {
		expect(passes(word, bare)).toBe(false);
		expect(passes(`-${word}`, bare)).toBe(true);
	}
});

test('a clock that is missing, or that nobody can tell, matches nothing', () => {
	for (const [word, value] of [
		['>1s', bare],
		['<1s', bare],
		['set>1s', orders],
		['set<1s', orders],
	] as const) {
		expect(passes(word, value)).toBe(false);
		expect(passes(`-${word}`, value)).toBe(false);
	}
});

test('a word of another view matches nothing', () => {
	const other = {name: 'lag', isNot: true} as const;
	expect(testOf([{...other, type: 'field', sign: ':', text: 'x'}])(orders, picture)).toBe(false);
	expect(testOf([{...other, type: 'clock', sign: '>', micros: 0}])(orders, picture)).toBe(false);
});

test('a regex that did not come to an end matches nothing, and is asked again', () => {
	const found = vi.fn<(pattern: string, text: string) => boolean | undefined>(() => undefined);
	const tested = filterTest(read('-~/x/'), tableWords, found);
	expect(tested(orders, picture)).toBe(false);
	found.mockReturnValue(false);
	expect(tested(orders, picture)).toBe(true);
	expect(found).toHaveBeenLastCalledWith('x', 'Paid (50% off)');
});

test('of a row that is the same only its clocks are looked at again', () => {
	const text = vi.fn(({name}: Table) => name);
	const words = {...tableWords, plain: [text]};
	const tested = filterTest(read('orders >5m'), words, runAll);
	expect([noon, noon + 10 * minute, noon + second].map(at => tested(orders, {...picture, at}))).toEqual([
		false,
		true,
		false,
	]);
	expect(text).toHaveBeenCalledOnce();
	expect(tested({...orders, name: 'items'}, {...picture, at: noon + 10 * minute})).toBe(false);
});

test('letters of all scripts are found whatever their case, in long words, too', () => {
	const name = `${'Été '.repeat(500)}ЖУК`;
	expect(passes('été', table(name))).toBe(true);
	expect(passes('name:жук', table(name))).toBe(true);
	expect(passes(`"${'éTé '.repeat(500).trim()}"`, table(name))).toBe(true);
	expect(passes('x'.repeat(100_000), table('x'.repeat(100_001)))).toBe(true);
});

const anyFilter = fc.array(aptTerm, {maxLength: 4});

test('a filter of several words is what all of them match', () => {
	fc.assert(
		fc.property(anyFilter, anyTable, (filter, value) => {
			expect(testOf(filter)(value, picture)).toBe(filter.every(term => testOf([term])(value, picture)));
		}),
	);
});

test('a word and its opposite never match the same row, and one of them does where all is told', () => {
	fc.assert(
		fc.property(aptTerm, anyTable, (term, value) => {
			const both = [true, false].filter(isNot => testOf([{...term, isNot}])(value, picture));
			const isTold =
				(term.type === 'any' && !value.isDenied) ||
				(term.type === 'field' && ['name', 'part', 'kind', 'oid'].includes(term.name));
			if (isTold) expect(both).toHaveLength(1);
			else expect(both.length).toBeLessThan(2);
		}),
	);
});

test('asked twice it says the same', () => {
	fc.assert(
		fc.property(anyFilter, anyTable, (filter, value) => {
			const tested = testOf(filter);
			expect(tested(value, picture)).toBe(tested(value, picture));
		}),
	);
});
