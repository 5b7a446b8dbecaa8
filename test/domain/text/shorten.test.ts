import fc from 'fast-check';
import {expect, test} from 'vitest';
import {shorten, shortenAll, shortenMiddle} from '../../../source/domain/text/shorten.js';

test.each([
	['as long as it may be', 'abcde', 5, 'abcde'],
	['longer', 'abcdef', 5, 'abcd~'],
	['an elephant at the cut', 'abc🐘ef', 5, 'abc~'],
	['an elephant before the cut', 'ab🐘ef', 5, 'ab🐘~'],
])('%s: %j', (_, text, length, shown) => {
	expect(shorten(text, length)).toBe(shown);
});

test.each([
	['as long as it may be', 'abcde', 5, 'abcde'],
	['longer', 'abcdefgh', 5, 'ab~gh'],
	['elephants at both cuts', 'a🐘bcd🐘e', 5, 'a🐘~e'],
])('from the middle, %s: %j', (_, text, length, shown) => {
	expect(shortenMiddle(text, length)).toBe(shown);
});

test('what the short ones leave is the long ones, whatever their order', () => {
	expect(shortenAll(['abcdefghij', 'ab', 'abcdefgh'], 14)).toEqual(['abcde~', 'ab', 'abcde~']);
	expect(shortenAll(['abc', 'abcd'], 7)).toEqual(['abc', 'abcd']);
});

test('together they are never longer than that, and no half of a pair is left', () => {
	const texts = fc.array(fc.string({unit: fc.constantFrom('a', '🐘', 'é'), maxLength: 60}), {minLength: 1});
	fc.assert(
		fc.property(texts, fc.integer({min: 60, max: 200}), (all, length) => {
			const shown = shortenAll(all, length);
			expect(shown.join('').length).toBeLessThanOrEqual(length);
			expect(shown.join(' ')).not.toMatch(/\p{Cs}/u);
			for (const [index, text] of shown.entries())
				if (text !== all[index]) expect(all[index]?.startsWith(text.slice(0, -1))).toBe(true);
		}),
	);
});

test('brackets that a sentence is cut in are closed', () => {
	expect(shortenAll(['abc (defgh)'], 9)).toEqual(['abc (de~)']);
	expect(shortenAll(['abc (de) fgh'], 9)).toEqual(['abc (de)~']);
	expect(shortenAll(['abc (defgh'], 9)).toEqual(['abc (def~']);
	expect(shortenAll(['(a)', 'abc (defgh)'], 12)).toEqual(['(a)', 'abc (de~)']);
});
