import xterm from '@xterm/headless';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {clean} from '../../../source/domain/text/clean.js';
import {cut, cutMiddle, fit, pad, widthOf} from '../../../source/domain/text/width.js';
import {hostileText} from './hostile.js';

const cases = [
	'',
	'select 1',
	'żółć',
	'e\u0301a\u0308',
	'漢字かな',
	'ｱﾞＦ',
	'한글',
	'हिन्दी क्षि',
	'กำ ไทย',
	'עברית',
	'─·~␛␦',
	'\uFFFD',
	'\uE0A0',
];
const emoji = ['😀', 'ok 👍🏽!', '👨‍👩‍👧‍👦', '❤️', '⌚ ✅', '🇩🇪', '1️⃣', '🏃🏽‍♀️'];

test.each([
	['', 0],
	['select', 6],
	['żółć', 4],
	['e\u0301', 1],
	['漢字', 4],
	['한글', 4],
	['ｱ', 1],
	['Ｆ', 2],
	['😀', 2],
	['❤', 1],
	['कि', 2],
	['กำ', 2],
	['·─', 2],
])('%s is %i wide', (text, width) => {
	expect(widthOf(text)).toBe(width);
});

test.each([
	['billing_api', 8, 'billing~'],
	['billing', 7, 'billing'],
	['billing', 1, '~'],
	['billing', 0, ''],
	['漢字漢字', 8, '漢字漢字'],
	['漢字漢字', 7, '漢字漢~'],
	['漢字漢字', 6, '漢字 ~'],
	['漢字', 2, ' ~'],
	['漢字', 1, '~'],
	['e\u0301e\u0301e\u0301', 2, 'e\u0301~'],
	['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
])('%s cut to %i is %j', (text, width, expected) => {
	expect(cut(text, width)).toBe(expected);
});

test.each([
	['db-verylong-name', 11, 'db-ve~-name'],
	['db-verylong-name', 4, 'db~e'],
	['db-verylong-name', 2, 'd~'],
	['db-verylong-name', 1, '~'],
	['db-verylong-name', 0, ''],
	['short', 5, 'short'],
	['漢字漢字漢字', 7, '漢 ~ 字'],
	['ae\u0301e\u0301e\u0301b', 4, 'ae\u0301~b'],
	['aaaae\u0301', 3, 'a~e\u0301'],
])('%s cut in its middle to %i is %j', (text, width, expected) => {
	expect(cutMiddle(text, width)).toBe(expected);
});

test.each([
	['4211', 7, 'right', '   4211'],
	['api', 8, 'left', 'api     '],
	['漢字', 5, 'right', ' 漢字'],
	['billing_api', 8, 'right', 'billing~'],
] as const)('%s in %i, %s, is %j', (text, width, align, expected) => {
	expect(fit(text, width, align)).toBe(expected);
});

test('padding never cuts', () => {
	expect(pad('billing', 3)).toBe('billing');
});

test('whatever is in a text, its line has exactly the width', () => {
	fc.assert(
		fc.property(
			hostileText,
			fc.nat(30),
			fc.constantFrom('left' as const, 'right' as const),
			(text, width, align) => {
				const line = clean(text);
				expect(widthOf(fit(line, width, align))).toBe(width);
				expect(widthOf(cut(line, width))).toBe(Math.min(width, widthOf(line)));
				expect(widthOf(cutMiddle(line, width))).toBe(Math.min(width, widthOf(line)));
				if (widthOf(line) > 0) expect(cut(line, widthOf(line))).toBe(line);
			},
		),
		{numRuns: 3000},
	);
});

test('the width of parts is the width of the whole', () => {
	fc.assert(
		fc.property(hostileText, hostileText, (left, right) => {
			expect(widthOf(clean(left) + clean(right))).toBe(widthOf(clean(left)) + widthOf(clean(right)));
		}),
	);
});

// All but the long blocks of which one character is as wide as the next.
const blocks: readonly (readonly [from: number, to: number])[] = [
	[0x80, 0x3500],
	[0xa000, 0xad00],
	[0xd7a0, 0xe010],
	[0xf900, 0x10400],
	[0x1f000, 0x1fc00],
	[0xe0000, 0xe0200],
];

test('a character alone is as wide as string-width says', () => {
	const characters = blocks.flatMap(([from, to]) =>
		Array.from({length: to - from}, (_, offset) => String.fromCodePoint(from + offset)),
	);
	const wrong = characters.filter(character => widthOf(character) !== stringWidth(character));
	expect(wrong.map(character => character.codePointAt(0)?.toString(16))).toEqual([]);
});

// Of a page Ink measures the texts by string-width, and cuts what it finds too wide.
test('string-width never finds a clean text wider', () => {
	fc.assert(
		fc.property(hostileText, text => {
			expect(stringWidth(clean(text))).toBeLessThanOrEqual(widthOf(clean(text)));
		}),
		{numRuns: 3000},
	);
});

async function columnAfter(terminal: InstanceType<typeof xterm.Terminal>, line: string) {
	await new Promise<void>(resolve => terminal.write(`\r\u001B[K${line}`, resolve));
	return terminal.buffer.active.cursorX;
}

const newTerminal = () => new xterm.Terminal({cols: 80, rows: 4, allowProposedApi: true});

// Terminals by Unicode 6 have no wide emoji, so those are tried only below.
test.each(cases)('a terminal by Unicode 6 stands where we say after %j', async text => {
	const terminal = newTerminal();
	expect(await columnAfter(terminal, clean(text))).toBe(widthOf(clean(text)));
	for (const width of [1, 2, 3, 5, 8])
		expect(await columnAfter(terminal, fit(clean(text), width))).toBe(width);
});

test.each([...cases, ...emoji])(
	'a terminal with wide emoji, and no clusters, stands where we say after %j',
	async text => {
		const terminal = newTerminal();
		// As xterm's Unicode 11: each character by itself, emoji and what modifies them two cells.
		const widthOfCode = (code: number) => {
			const character = String.fromCodePoint(code);
			if (/\p{Emoji_Presentation}/u.test(character)) return 2;
			if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
			return /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/u.test(character) ? 2 : 1;
		};

		terminal.unicode.register({
			version: 'wide emoji',
			wcwidth: code => widthOfCode(code) as 0 | 1 | 2,
			charProperties: code => (widthOfCode(code) << 1) | (widthOfCode(code) === 0 ? 1 : 0),
		});
		terminal.unicode.activeVersion = 'wide emoji';
		expect(await columnAfter(terminal, clean(text))).toBe(widthOf(clean(text)));
		for (const width of [1, 2, 3, 5, 8])
			expect(await columnAfter(terminal, fit(clean(text), width))).toBe(width);
	},
);
