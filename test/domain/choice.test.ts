import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Choice, moveChoice} from '../../source/domain/choice.js';

type Parts = Parameters<typeof moveChoice>[2];

const anyParts = fc
	.record({
		sizes: fc.array(fc.integer({min: 1, max: 12}), {maxLength: 8}),
		others: fc.integer({min: 0, max: 20}),
		height: fc.integer({min: 1, max: 10}),
	})
	.map(({sizes, others, height}): Parts => {
		const count = sizes.reduce((sum, size) => sum + size, others);
		return {sizes, count, height};
	});

const anyMove = fc.record({
	by: fc.constantFrom('line', 'page', 'end'),
	direction: fc.constantFrom<1 | -1>(1, -1),
});

const spanOf = ({sizes}: Parts, index: number) => {
	const from = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
	return {from, to: from + (sizes[index] ?? 0)};
};

const isInWindow = (parts: Parts, {chosen = 0, top}: Choice) => {
	const {from, to} = spanOf(parts, chosen);
	return to > top && from < top + parts.height;
};

/** All places on the way in one direction, with the first. */
function allBy(direction: 1 | -1, from: Choice, parts: Parts): readonly Choice[] {
	const all = [from];
	for (let steps = 0; steps < parts.count + parts.sizes.length; steps++) {
		const last = all.at(-1) ?? from;
		all.push(moveChoice(last, {by: 'line', direction}, parts));
	}

	return all;
}

const first = ({sizes}: Parts): Choice => (sizes.length > 0 ? {chosen: 0, top: 0} : {top: 0});

describe.each([
	['down', 1],
	['up', -1],
] as const)('the arrow %s', (_, direction) => {
	const startIn = (parts: Parts) =>
		direction > 0 ? first(parts) : moveChoice(first(parts), {by: 'end', direction: 1}, parts);

	test('shows every line, and chooses every part in its order', () => {
		fc.assert(
			fc.property(anyParts, parts => {
				const way = allBy(direction, startIn(parts), parts);
				const shown = new Set(
					way.flatMap(({top}) => Array.from({length: parts.height}, (__, line) => top + line)),
				);
				for (let line = 0; line < parts.count; line++) expect(shown.has(line)).toBe(true);
				const chosen = way.flatMap(({chosen: one}, index) =>
					one === undefined || one === way[index - 1]?.chosen ? [] : [one],
				);
				const all = parts.sizes.map((___, index) => index);
				expect(chosen).toEqual(direction > 0 ? all : all.toReversed());
			}),
		);
	});
});

test('what is chosen is in the window after every movement, and the window on the page', () => {
	fc.assert(
		fc.property(anyParts, fc.array(anyMove, {maxLength: 30}), (parts, moves) => {
			let choice = first(parts);
			for (const move of moves) {
				choice = moveChoice(choice, move, parts);
				expect(choice.chosen === undefined || isInWindow(parts, choice)).toBe(true);
				expect(choice.top).toBeGreaterThanOrEqual(0);
				expect(choice.top).toBeLessThanOrEqual(Math.max(0, parts.count - parts.height));
			}
		}),
	);
});

const parts: Parts = {sizes: [2, 12, 2, 3], count: 25, height: 8};

test.each<[string, Choice, Parameters<typeof moveChoice>[1], Choice]>([
	['a part that fits is shown whole', {chosen: 2, top: 8}, {by: 'line', direction: 1}, {chosen: 3, top: 11}],
	[
		'a long part is shown from its start',
		{chosen: 0, top: 0},
		{by: 'line', direction: 1},
		{chosen: 1, top: 2},
	],
	['a long part is read to its end', {chosen: 1, top: 2}, {by: 'line', direction: 1}, {chosen: 1, top: 3}],
	[
		'a long part is shown from its end',
		{chosen: 2, top: 14},
		{by: 'line', direction: -1},
		{chosen: 1, top: 6},
	],
	[
		'what is behind the parts is read',
		{chosen: 3, top: 11},
		{by: 'line', direction: 1},
		{chosen: 3, top: 12},
	],
	[
		'one that others moved away is shown',
		{chosen: 0, top: 9},
		{by: 'line', direction: 1},
		{chosen: 0, top: 0},
	],
	[
		'of a screenful the first is chosen',
		{chosen: 0, top: 0},
		{by: 'page', direction: 1},
		{chosen: 2, top: 8},
	],
	[
		'at the end the last is, if it is there',
		{chosen: 0, top: 0},
		{by: 'end', direction: 1},
		{chosen: 3, top: 17},
	],
	['at the start the first is', {chosen: 3, top: 17}, {by: 'end', direction: -1}, {chosen: 0, top: 0}],
])('%s', (_, from, move, to) => {
	expect(moveChoice(from, move, parts)).toEqual(to);
});
