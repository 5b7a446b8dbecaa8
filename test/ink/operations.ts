import {styleText} from 'node:util';
import fc from 'fast-check';
import type Output from '../../node_modules/ink/build/output.js';

type Size = {readonly width: number; readonly height: number};
type Clip = Parameters<Output['clip']>[0];
type Transformer = Parameters<Output['write']>[3]['transformers'][number];

/** What Ink asks of an output for one frame, as its own output keeps it. */
export type Operation =
	| {
			readonly type: 'write';
			readonly x: number;
			readonly y: number;
			readonly text: string;
			readonly transformers: Transformer[];
	  }
	| {readonly type: 'clip'; readonly clip: Clip}
	| {readonly type: 'unclip'};

export type Asked = Size & {readonly operations: readonly Operation[]};

export const write = (x: number, y: number, text: string, ...transformers: Transformer[]): Operation => ({
	type: 'write',
	x,
	y,
	text,
	transformers,
});

export const within = (clip: Clip, ...operations: readonly Operation[]): readonly Operation[] => [
	{type: 'clip', clip},
	...operations,
	{type: 'unclip'},
];

export const bold = (text: string) => styleText('bold', text, {validateStream: false});
export const inverse = (text: string) => styleText('inverse', text, {validateStream: false});

const usual = ['a', 'pid 42', 'SELECT', ' ', '  ', '~'];
const wide = ['漢字', 'é', 'e\u0301', '😀', 'कि', 'กำ', '한글', 'ｱﾞ', 'שלום', '─│▲'];
const doubtful = [
	'\n',
	'\u0301',
	'\u0E33',
	'🏽',
	'👩‍💻',
	'🇨🇭',
	'❤️',
	'1\u20E3',
	'\u200B',
	'\u00AD',
	'\u1161',
	'ﾞ',
];
const raw = ['31', '1;32', '0', '0;7;38;5;9', '', '41', '39', '22', '58;5;9', '5'].map(
	code => `\u001B[${code}m`,
);
const link = '\u001B]8;;https://a.example\u0007link\u001B]8;;\u0007';

const tame = fc.oneof(
	{weight: 6, arbitrary: fc.constantFrom(...usual)},
	{weight: 2, arbitrary: fc.constantFrom(...wide)},
	{weight: 2, arbitrary: fc.constantFrom('x', '漢', 'e\u0301', ' ').map(bold)},
	{weight: 1, arbitrary: fc.constantFrom('x', bold('y'), '\u001B[38;5;208mz\u001B[39m').map(inverse)},
);
const piece = fc.oneof({weight: 3, arbitrary: tame}, fc.constantFrom(...doubtful, ...raw, link));
const lineOf = (part: fc.Arbitrary<string>) => fc.array(part, {maxLength: 5}).map(parts => parts.join(''));
const line = fc.oneof({weight: 4, arbitrary: lineOf(tame)}, lineOf(piece));
const plainLine = lineOf(fc.constantFrom(...usual, ...wide));
const text = fc.oneof(
	{weight: 4, arbitrary: line},
	{weight: 2, arbitrary: fc.array(plainLine, {minLength: 2, maxLength: 4}).map(lines => lines.join('\n'))},
	fc.tuple(line, line).map(lines => lines.join('\n')),
);

const transformer = fc.constantFrom<Transformer>(
	so => so,
	bold,
	so => `\u001B[42m${so}`,
	(so, index) => `${index}: ${so}`,
	(_, index) => ['PID 漢字', inverse('> 42 é'), '', '\u0301'][index] ?? 'e\u0301'.repeat(9),
	so => so.toUpperCase(),
	() => '',
	so => `${so} and far more than there is room for`,
);
const transformers = fc.array(transformer, {maxLength: 2});

const size = fc.record({width: fc.integer({min: 1, max: 24}), height: fc.nat(6)});

/** One text below the other, all of them in a clip or none. */
const below = fc.record({
	size,
	parts: fc.array(fc.tuple(fc.nat(3), fc.nat(1), text, transformers, fc.nat(4)), {maxLength: 4}),
	isClipped: fc.boolean(),
});
const orderly = below.map(({size: {width, height}, parts, isClipped}): Asked => {
	let next = 0;
	const operations = parts.flatMap(([x, gap, lines, how, after]) => {
		const y = next + gap;
		next = y + lines.split('\n').length;
		const first = write(x, y, lines, ...how);
		// Now and then another one to the right of it.
		return after > 2 ? [first, write(x + 5 * after, y, 'after', ...how)] : [first];
	});
	const clip = {x1: 0, x2: 20, y1: 0, y2: 8};
	return {width, height, operations: isClipped ? within(clip, ...operations) : operations};
});

const bound = fc.option(fc.integer({min: -4, max: 28}), {nil: undefined});
const clip = fc.record({x1: bound, x2: bound, y1: bound, y2: bound});

/** Anywhere, over one another, in clips within clips. */
const {some} = fc.letrec<{some: readonly Operation[]; one: readonly Operation[]}>(tie => ({
	some: fc.array(tie('one'), {maxLength: 4}).map(all => all.flat()),
	one: fc.oneof(
		{maxDepth: 3},
		fc
			.tuple(fc.integer({min: -6, max: 26}), fc.integer({min: -2, max: 6}), text, transformers)
			.map(([x, y, lines, how]) => [write(x, y, lines, ...how)]),
		fc.tuple(clip, tie('some')).map(([around, inner]) => within(around, ...inner)),
	),
}));
const wild = fc.tuple(size, some).map(([around, operations]): Asked => ({...around, operations}));

/** Frames that are joined, and frames that can't be. */
export const anyFrame = fc.oneof({weight: 2, arbitrary: orderly}, {weight: 1, arbitrary: wild});
