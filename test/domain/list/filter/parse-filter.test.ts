import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {FilterTerm} from '../../../../source/domain/list/filter/filter.js';
import {filterText} from '../../../../source/domain/list/filter/filter-text.js';
import {parseFilter} from '../../../../source/domain/list/filter/parse-filter.js';
import {clean} from '../../../../source/domain/text/clean.js';
import {widthOf} from '../../../../source/domain/text/width.js';
import {minute, second} from '../../../helpers/state/backend.js';
import {anyTerm, tableWords} from './table-words.js';

const read = (text: string) => parseFilter(text, tableWords);

const isNot = false;
const plain = (text: string): FilterTerm => ({type: 'any', isNot, text});
const inField = (name: string, sign: ':' | '=', text: string): FilterTerm => ({
	type: 'field',
	isNot,
	name,
	sign,
	text,
});
const clock = (name: string, sign: '<' | '>', micros: number): FilterTerm => ({
	type: 'clock',
	isNot,
	name,
	sign,
	micros,
});

describe('what is typed asks for', () => {
	test.each<[text: string, ...terms: readonly FilterTerm[]]>([
		[''],
		[' \t\n '],
		['orders', plain('orders')],
		['  Big   orders ', plain('Big'), plain('orders')],
		['42', plain('42')],
		['name:Order', inField('name', ':', 'Order')],
		['NAME:Order', inField('name', ':', 'Order')],
		['name=orders', inField('name', '=', 'orders')],
		['name==', inField('name', '=', '=')],
		['name:a:b=c>d', inField('name', ':', 'a:b=c>d')],
		['kind:system oid:-42', inField('kind', ':', 'system'), inField('oid', ':', '-42')],
		['"two words"', plain('two words')],
		['name:"two words"', inField('name', ':', 'two words')],
		['"name:x" "-x" ">5m"', plain('name:x'), plain('-x'), plain('>5m')],
		['a"b"', plain('a"b"')],
		[String.raw`"a \"b\" \\ c\d"`, plain(String.raw`a "b" \ c\d`)],
		['>5m', clock('time', '>', 5 * minute)],
		['time<90', clock('time', '<', 90 * second)],
		['Set>1.5h', clock('set', '>', 90 * minute)],
		['-orders', {...plain('orders'), isNot: true}],
		['-"a b"', {...plain('a b'), isNot: true}],
		['-name:x', {...inField('name', ':', 'x'), isNot: true}],
		['->5m', {...clock('time', '>', 5 * minute), isNot: true}],
		['~/a b/ x', {type: 'regex', isNot, pattern: 'a b'}, plain('x')],
		[String.raw`~/a\/b\\/`, {type: 'regex', isNot, pattern: String.raw`a\/b\\`}],
		['-~/^a/', {type: 'regex', isNot: true, pattern: '^a'}],
		['"~" "~x" a~/b/', plain('~'), plain('~x'), plain('a~/b/')],
	])('%s', (text, ...terms) => {
		expect(read(text)).toEqual({type: 'filter', filter: terms});
	});

	test.each([
		'12:34',
		'10.0.0.1:5432',
		'http://x',
		'x::int',
		'name::text',
		'a_b=1',
		't.id=5',
		':x',
		'=5',
		'a->b',
	])('%s as a plain word: it looks like no field', text => {
		expect(read(text)).toEqual({type: 'filter', filter: [plain(text)]});
	});
});

const field = (name: string) => `no field ${name}: name part kind oid comment; or quote it`;
const noTime = '> is for times: time set; or quote it';

describe('a mistake is told:', () => {
	test.each<[text: string, sentence: string]>([
		['name:', 'name: needs a value'],
		['x name= y', 'name= needs a value'],
		['nam:x', field('nam')],
		['constructor:x', field('constructor')],
		['id=5', field('id')],
		['kind:sys', 'no kind sys: user system'],
		['oid:x', 'oid: needs a number'],
		['oid=4.5', 'oid= needs a number'],
		['lock>5s', noTime],
		['constructor>5s', noTime],
		['set:5m', 'set is a time: set>5m'],
		['!x', 'what is not to match has a - in front: -user:api'],
		['name!=x', 'what is not to match has a - in front: -user:api'],
		['/select/', 'a regex begins with ~: ~/.../'],
		['some_name:x', field('some_name')],
		['>', 'a time is a number with s, m, h or d: >5m'],
		['->x', 'a time is a number with s, m, h or d: >5m'],
		['set<5x', 'a time is a number with s, m, h or d: set<5m'],
		['>-5m', 'a time is a number with s, m, h or d: >5m'],
		['<>', 'a time is a number with s, m, h or d: <5m'],
		['>100001d', "a time can't be so long: >100000d at most"],
		[`set>${'9'.repeat(10_000)}`, "a time can't be so long: set>100000d at most"],
		['--x', '- stands before a word that is not to match: -word'],
		['-', '- stands before a word that is not to match: -word'],
		['x - y', '- stands before a word that is not to match: -word'],
		['"two', 'a quote ends with a quote: "two words"'],
		['name:"two\\"', 'a quote ends with a quote: "two words"'],
		['"a"b', 'after a closing quote comes a blank: "two words"'],
		['""', 'a quote needs something in it: "two words"'],
		['~', 'a regex ends with a slash: ~/.../'],
		['-~x', 'a regex ends with a slash: ~/.../'],
		['~/a', 'a regex ends with a slash: ~/.../'],
		['~/a\\/', 'a regex ends with a slash: ~/.../'],
		['~//', 'a regex ends with a slash: ~/.../'],
		['~/a/i', String.raw`after a regex comes a blank, and a slash in it is \/: ~/a\/b/`],
		['~/(/', 'bad regex: Unterminated group'],
		['~/\\/i: (/', 'bad regex: Unterminated group'],
		['~/a/ ~/[b-a]/', 'bad regex: Range out of order in character class'],
		['~/\u001B/i: (/', 'after a regex comes a blank, and a slash in it is \\/: ~/a\\/b/'],
	])('%s', (text, sentence) => {
		expect(read(text)).toEqual({type: 'bad', sentence});
	});
});

/** Of what the language is made of, so that mistakes come, too. */
const anyTyped = fc.oneof(
	fc.string({unit: 'binary'}),
	fc
		.array(
			fc.constantFrom(
				'"',
				'\\',
				' ',
				':',
				'=',
				'-',
				'>',
				'<',
				'~/',
				'/',
				'(',
				'name',
				'x',
				'5',
				'm',
				'é',
				'\u001B',
			),
		)
		.map(pieces => pieces.join('')),
);

test('whatever is typed is a filter, or one sentence that is safe to print and fits in 78 cells', () => {
	fc.assert(
		fc.property(anyTyped, text => {
			const parsed = read(text);
			if (parsed.type === 'filter') return;
			expect(parsed.sentence).toBe(clean(parsed.sentence));
			expect(widthOf(parsed.sentence)).toBeLessThanOrEqual(78);
			expect(parsed.sentence).not.toBe('');
		}),
	);
});

test.each(['"', 'name:"', '~/', '-', 'x ', '"x" ', '\\', '~/\\'])(
	'a hundred thousand of %s do not throw',
	piece => {
		expect(['filter', 'bad']).toContain(read(piece.repeat(100_000)).type);
	},
);

test('a filter that is written is read as the same', () => {
	fc.assert(
		fc.property(fc.array(anyTerm), filter => {
			expect(read(filterText(filter))).toEqual({type: 'filter', filter});
		}),
	);
});

test('what is typed means the same when it is written anew', () => {
	fc.assert(
		fc.property(anyTyped, text => {
			const parsed = read(text);
			fc.pre(parsed.type === 'filter');
			expect(read(filterText(parsed.filter))).toEqual(parsed);
		}),
	);
});
