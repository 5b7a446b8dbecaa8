import fc from 'fast-check';
import {expect, test} from 'vitest';
import {quoteLiteral, quoteName} from '../../../source/domain/text/quote.js';
import {hostileText} from './hostile.js';

test.each([
	['dba', '"dba"'],
	['select', '"select"'],
	['Two Words', '"Two Words"'],
	['', '""'],
	['"', '""""'],
	['x"; drop role dba; --', '"x""; drop role dba; --"'],
	['\\', '"\\"'],
	["it's", '"it\'s"'],
])('%s is written %s', (name, quoted) => {
	expect(quoteName(name)).toBe(quoted);
});

test('whatever the name is, it is one name, and the same', () => {
	fc.assert(
		fc.property(fc.oneof(hostileText, fc.string({unit: fc.constantFrom('"', '\\', ';', 'a')})), name => {
			const quoted = quoteName(name);
			expect(quoted).toMatch(/^"(?:[^"]|"")*"$/);
			expect(quoted.slice(1, -1).replaceAll('""', '"')).toBe(name);
		}),
	);
});

test.each([
	['shop-42', "'shop-42'"],
	["o'clock", "'o''clock'"],
	['', "''"],
	["x'; drop role dba; --", "'x''; drop role dba; --'"],
	['a\\b', "E'a\\\\b'"],
	["\\'", "E'\\\\'''"],
])('the text %s is written %s', (text, quoted) => {
	expect(quoteLiteral(text)).toBe(quoted);
});

test('whatever the text is, it is one literal, and the same, with and without standard_conforming_strings', () => {
	fc.assert(
		fc.property(fc.oneof(hostileText, fc.string({unit: fc.constantFrom("'", '\\', ';', 'a')})), text => {
			const quoted = quoteLiteral(text);
			const isEscaped = quoted.startsWith('E');
			expect(quoted).toMatch(isEscaped ? /^E'(?:[^'\\]|''|\\\\)*'$/ : /^'(?:[^'\\]|'')*'$/);
			const inside = quoted.slice(isEscaped ? 2 : 1, -1).replaceAll("''", "'");
			expect(isEscaped ? inside.replaceAll('\\\\', '\\') : inside).toBe(text);
		}),
	);
});
