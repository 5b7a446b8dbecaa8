import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {keywordsIn} from '../../../source/domain/sql/keywords.js';
import {isSameSql} from '../../../source/domain/sql/same-sql.js';
import {tokensIn} from '../../../source/domain/sql/tokens.js';
import {raw} from './raw.js';

const texts = (sql: string) => tokensIn(sql).map(({text}) => text);

describe('the tokens of a text', () => {
	test.each([
		['a.b, "c d"', ['a', '.', 'b', ',', '"c d"']],
		["E'it\\'s' 'it''s' x'ff' U&'d'", ["E'it\\'s'", "'it''s'", "x'ff'", "U&'d'"]],
		['$1 $$a b$$ $x$ $y$ $x$ a$b', ['$1', '$$a b$$', '$x$ $y$ $x$', 'a$b']],
		['a -- b\n/* c /* d */ e */ f', ['a', '-- b', '/* c /* d */ e */', 'f']],
		['1.5e-3 .5 1..2 0x1F 1_000', ['1.5e-3', '.5', '1', '..', '2', '0x1F', '1_000']],
		['a<=b a=-1 a@-1 a--b', ['a', '<=', 'b', 'a', '=', '-', '1', 'a', '@-', '1', 'a', '--b']],
		['a::int[1:2] x:=1 y=>2', ['a', '::', 'int', '[', '1', ':', '2', ']', 'x', ':=', '1', 'y', '=>', '2']],
		["'open", ["'open"]],
		['/* open', ['/* open']],
		['$a$ open', ['$a$ open']],
		['', []],
	])('%s', (sql, tokens) => {
		expect(texts(sql)).toEqual(tokens);
	});

	test('are the whole text, but for blanks, whatever it is', () => {
		fc.assert(
			fc.property(raw, sql => {
				const tokens = tokensIn(sql);
				let end = 0;
				for (const {text, from} of tokens) {
					if (text === '' || sql.slice(from, from + text.length) !== text) return false;
					if (/[^ \t\n\r\f\v]/.test(sql.slice(end, from))) return false;
					end = from + text.length;
				}

				return !/[^ \t\n\r\f\v]/.test(sql.slice(end));
			}),
		);
	});
});

describe('two texts', () => {
	test.each([
		['select a,b', 'select\n  a,\n  b'],
		['a /* b\n   c */ d', 'a\n/* b c */\nd'],
		['f(x)', 'f (x)'],
		["'a'\n'b'", "'a'  \n 'b'"],
	])('are the same query: %j and %j', (one, other) => {
		expect(isSameSql(one, other)).toBe(true);
	});

	test.each([
		['- - 1', '--1'],
		['a - b', 'a -- b'],
		["'a b'", "'a  b'"],
		['"a b"', '"a  b"'],
		['$$a b$$', '$$a\nb$$'],
		["'a'\n'b'", "'a' 'b'"],
		['a < = b', 'a <= b'],
		['select A', 'select a'],
		['a -- b\nc', 'a -- b c'],
		['a b', 'ab'],
		["e 'x'", "e'x'"],
	])('are not: %j and %j', (one, other) => {
		expect(isSameSql(one, other)).toBe(false);
		expect(isSameSql(other, one)).toBe(false);
	});
});

test('keywords are found where they are words of the query, and nowhere else', () => {
	const sql = 'Select "from", \'where\' /* and */ from t$from -- or\nWHERE selected';
	expect(keywordsIn(sql).map(([from, to]) => sql.slice(from, to))).toEqual(['Select', 'from', 'WHERE']);
});
