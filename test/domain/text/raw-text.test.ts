import fc from 'fast-check';
import {expect, test} from 'vitest';
import {clean} from '../../../source/domain/text/clean.js';
import {fromBytes, isRaw, pathOf, toBytes, withoutCharacters} from '../../../source/domain/text/raw-text.js';

const bytes = fc.array(fc.integer({min: 0, max: 255})).map(all => Buffer.from(all));

test('no byte is lost', () => {
	fc.assert(
		fc.property(bytes, given => {
			expect(toBytes(fromBytes(given))).toEqual(given);
			expect(toBytes(withoutCharacters(fromBytes(given)))).toEqual(given);
		}),
		{numRuns: 1000},
	);
});

test('what is UTF-8 is that text, and nothing in it is raw', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), text => {
			expect(fromBytes(Buffer.from(text))).toBe(text);
			expect(toBytes(text)).toEqual(Buffer.from(text));
			expect(isRaw(text)).toBe(false);
		}),
	);
});

test('a text is raw where Node.js would lose a byte', () => {
	fc.assert(
		fc.property(bytes, given => {
			expect(isRaw(fromBytes(given))).toBe(!Buffer.from(given.toString('utf8')).equals(given));
		}),
		{numRuns: 1000},
	);
});

test.each<[latin1: string, shown: string]>([
	['caf\xE9', 'caf\uFFFD'],
	['caf\xC3\xA9 \xE9', 'café \uFFFD'],
	['\xEF\xBF\xBD', '\uFFFD'],
	['\xED\xA0\x80', '\uFFFD\uFFFD\uFFFD'],
	['\xC0\x80', '\uFFFD\uFFFD'],
	['\xF0\x9F\x98\x80\x80', '😀\uFFFD'],
])('%j is shown with U+FFFD for each byte that is no character', (latin1, shown) => {
	expect(clean(fromBytes(Buffer.from(latin1, 'latin1')))).toBe(shown);
});

test('only a name that is not UTF-8 is opened by its bytes', () => {
	expect(pathOf('/tmp/é')).toBe('/tmp/é');
	expect(pathOf(fromBytes(Buffer.of(0x2f, 0xe9)))).toEqual(Buffer.of(0x2f, 0xe9));
});
