import {runInThisContext} from 'node:vm';
import {expect, test} from 'vitest';
import {findMatches} from '../../source/regex/find-matches.js';

/** Enough for a machine that does other things at the same time. */
const patient = 1000;

test('each text is told whether it matches, whatever its case', () => {
	const texts = ['SELECT 1', 'select now()', 'UPDATE t', '', 'naïve Ünicode 😀'];
	expect(findMatches('^select', texts, patient)).toEqual([true, true, false, false, false]);
	expect(findMatches('ünicode .$', texts, patient)).toEqual([false, false, false, false, true]);
	expect(findMatches('a', [], patient)).toEqual([]);
});

test('a pattern that only the older syntax takes runs as that', () => {
	expect(findMatches('a\\-b', ['A-B', 'ab'], patient)).toEqual([true, false]);
});

test('a slash is written as it has to be typed', () => {
	expect(findMatches('/\\*.*\\*\\/', ['/* hint */ select', 'select'], patient)).toEqual([true, false]);
});

test('a regex that never ends is stopped within a second, and the next one runs', () => {
	const begun = performance.now();
	const slow = `${'a'.repeat(40)}!`;
	expect(findMatches('(a+)+$', ['a', 'b', slow, 'a'])).toEqual([true, false]);
	expect(performance.now() - begun).toBeLessThan(1000);
	expect(findMatches('a', ['a', 'b'], patient)).toEqual([true, false]);
});

test.each([
	['that is none', '('],
	['whose program is too large', 'x'.repeat(200_000)],
])('a regex %s does not throw', (_, pattern) => {
	expect(findMatches(pattern, ['x'], patient)).toEqual([]);
	expect(findMatches('x', ['x'], patient)).toEqual([true]);
});

test('neither a pattern nor a text is ever run', () => {
	const hostile = [
		'/+process.exit(1)+/',
		'"); throw 1; ("',
		"'+this.constructor.constructor('return process')()+'",
	];
	for (const text of hostile) {
		const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
		expect(findMatches(literal, [text, 'other'], patient)).toEqual([true, false]);
	}
});

test('what comes back is of this program alone', () => {
	const found = findMatches('a', ['a', 'b'], patient);
	expect(Object.getPrototypeOf(found)).toBe(runInThisContext('Array.prototype'));
	expect(Array.isArray(found) && found.map(one => typeof one)).toEqual(['boolean', 'boolean']);
});
