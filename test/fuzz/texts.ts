import fc from 'fast-check';
import {clean, cleanLines} from '../../source/domain/text/clean.js';
import {hostilePieces} from '../domain/text/hostile-pieces.js';

/** What makes a terminal do something, whole and in parts: a cut may leave any of these. */
const orders = [
	...[
		'\u001B]0;title\u0007',
		'\u001B]8;;http://x\u001B\\link\u001B]8;;\u001B\\',
		'\u001B]52;c;cHduZWQ=\u0007',
	],
	...[
		'\u001BP$qm\u001B\\',
		'\u001BPtmux;\u001B\u001B]0;x\u0007\u001B\\',
		'\u001B_Ga=T;AAAA\u001B\\',
		'\u001B^x\u001B\\',
	],
	...[
		'\u001BX',
		'\u001Bc',
		'\u001B[2J',
		'\u001B[H',
		'\u001B[?1049l',
		'\u001B[31;7m',
		'\u001B[6n',
		'\u001B[!p',
	],
	...['\u009B2J', '\u009D2;x\u009C', '\u0090q', '\u009F', '\u0098', '\u0085', '\u0084', '\u008D'],
	...['\b', '\u007F', '\r', '\t', '\v', '\f', '\u000E', '\u000F', '\u0018', '\u001A', '\u0005', '\0'],
	...['\u202A', '\u202E', '\u2067', '\u2069', '\u200E', '\u061C', '\uFEFF', '\uFFFE', '\uFFFF', '\uFFFD'],
	...['\uD83D', '\uDE00', '\u{1FFFE}', '\u{10FFFF}', '\u{E0041}', '\u200B', '\u200D', '\u2060', '\u00AD'],
];

const zalgo = 'a\u0301\u0316\u0334\u0489\u20DD';

const piece = fc.oneof(
	{weight: 4, arbitrary: fc.constantFrom('a', 'select 1', ' ', ';', "'", '"', '\\', '$1', '%', '~', 'ORDER')},
	{weight: 3, arbitrary: fc.constantFrom(...orders)},
	{weight: 2, arbitrary: fc.constantFrom(...hostilePieces)},
	{weight: 1, arbitrary: fc.integer({min: 0, max: 0x10ffff}).map(code => String.fromCodePoint(code))},
);

/** Joined, and cut in the middle of anything. */
const joined = fc
	.tuple(fc.array(piece, {maxLength: 8}), fc.nat(3), fc.nat(3))
	.map(([pieces, start, end]) => pieces.join('').slice(start, end === 0 ? undefined : -end));

const repeated = (length: number) =>
	fc
		.constantFrom('x', '漢', zalgo, '👨‍👩‍👧‍👦', '\u001B[2J', 'select 1, ', '\u0301', '\u202Ea', ' ', '字a')
		.map(one => one.repeat(Math.ceil(length / one.length)).slice(0, length));

/** Any text that anybody may have written anywhere: mostly short, some of 5,000. */
export const rawText: fc.Arbitrary<string> = fc.oneof(
	{weight: 40, arbitrary: joined},
	{
		weight: 3,
		arbitrary: fc.constantFrom('', ' ', '-', '?', 'null', '__proto__', 'constructor', zalgo.repeat(20)),
	},
	{weight: 1, arbitrary: repeated(5000)},
);

/** As all that reads a server's or a person's words hands it on. */
export const text = rawText.map(clean);

/** The same with its line breaks. */
export const lines = fc.array(rawText, {maxLength: 6}).map(all => cleanLines(all.join('\n')));

/** 1 MB, and 10,000 lines. */
export const largeTexts: readonly string[] = [
	cleanLines('select 1, \u001B[2J漢字 '.repeat(1024 ** 2 / 16)),
	cleanLines('x'.repeat(1024 ** 2)),
	cleanLines(Array.from({length: 10_000}, (_, line) => `\tline ${line} \u202E👍🏽`).join('\r\n')),
];

/** What no text may have that is on its way out, but for the breaks of its lines. */
const harmful =
	/[\0-\t\v-\u001F\u007F-\u009F\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Whether it could do something to a terminal. */
export const isHarmful = (words: string) => harmful.test(words);

/** The texts in a value, wherever they stand. */
export function textsIn(value: unknown): readonly string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
