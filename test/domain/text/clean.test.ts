import fc from 'fast-check';
import {expect, test} from 'vitest';
import {clean, cleanLines} from '../../../source/domain/text/clean.js';
import {hostileText} from './hostile.js';

test.each([
	['plain text', 'select 1 from "t" where x = \'~\'', 'select 1 from "t" where x = \'~\''],
	['an empty text', '', ''],
	['line breaks, tabs and runs of blanks', 'select 1,\n\t  2\r\nfrom\u00A0t\u3000', 'select 1, 2 from t '],
	['an escape sequence', '\u001B[2Jx', '␛[2Jx'],
	['NUL, BEL, DEL, a vertical tab', '\0\u0007\u007F\u000B', '␀␇␡␋'],
	['C1, one of which starts a sequence', 'a\u0085b\u009B2J', 'a␦b␦2J'],
	['marks of direction', '\u200Ea\u202Eb\u2066c\u2069\u061C', '␦a␦b␦c␦␦'],
	['line and paragraph separators', 'a\u2028b\u2029', 'a␦b␦'],
	['unpaired surrogates', 'a\uD83Db\uDE00', 'a\uFFFDb\uFFFD'],
	['what is not seen', 'a\u200Bb\u2060c\uFEFFd\u00ADe\u200Cf\u2800g', 'a␦b␦c␦d␦e␦f␦g'],
	['tags, each of them', 'a\u{E0061}\u{E007F}', 'a␦␦'],
	['interlinear marks', '\uFFF9a\uFFFAb\uFFFB', '␦a␦b␦'],
	['what no Unicode has', '\uFFFF\u{1FFFF}', '␦␦'],
	[
		'letters of any script',
		'żółć Ελλ 漢字 かな 한글 हिन्दी ไทย עברית عربي',
		'żółć Ελλ 漢字 かな 한글 हिन्दी ไทย עברית عربي',
	],
	['combining marks', 'e\u0301', 'e\u0301'],
	['private use, as in a prompt', '\uE0A0', '\uE0A0'],
	['an emoji', 'ok 😀', 'ok 😀'],
	['a family: its members', '👨‍👩‍👧', '👨👩👧'],
	['a skin tone: the emoji without it', '👍🏽!', '👍!'],
	['a selector of emoji style: left out', '❤️ ⌚︎', '❤ ⌚'],
	['a joiner between letters: seen', 'ad\u200Dmin\uFE0F', 'ad␦min␦'],
	['a flag, a keycap', '🇩🇪 1️⃣', '␦␦ 1␦␦'],
	['a Korean syllable in letters', '\u1112\u1161\u11AB', '\u1112␦␦'],
	['what is wide in some terminals only', '☰䷀㉈', '␦␦␦'],
])('%s', (_, text, expected) => {
	expect(clean(text)).toBe(expected);
});

test('lines stay lines, and blanks stay', () => {
	expect(cleanLines('select\r\n\t1,  2\rfrom t\n\u001B\u2028')).toBe('select\n    1,  2\nfrom t\n␛␦');
	expect(cleanLines('select  1')).toBe('select  1');
});

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

test('nothing unsafe ever survives, and cleaning again changes nothing', () => {
	fc.assert(
		fc.property(hostileText, text => {
			const line = clean(text);
			expect(line).not.toMatch(unsafe);
			expect(line).not.toMatch(/\s\s/);
			expect(clean(line)).toBe(line);
			const lines = cleanLines(text);
			expect(lines.replaceAll('\n', '')).not.toMatch(unsafe);
			expect(cleanLines(lines)).toBe(lines);
		}),
		{numRuns: 3000},
	);
});

test('no character of Unicode survives that should not', () => {
	for (let code = 0; code < 0x11_0000; code++) {
		const text = clean(String.fromCodePoint(code));
		if (unsafe.test(text) || text === '') expect.fail(`U+${code.toString(16)}`);
	}
});
