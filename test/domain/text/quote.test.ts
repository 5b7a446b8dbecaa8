import fc from 'fast-check';
import {expect, test} from 'vitest';
import {quoteName} from '../../../source/domain/text/quote.js';
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
