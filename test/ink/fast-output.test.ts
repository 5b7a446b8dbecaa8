import fc from 'fast-check';
import {afterEach, describe, expect, test, vi} from 'vitest';
import Output from '../../node_modules/ink/build/output.js';
import FastOutput from '../../source/ink/fast-output.js';
import {frameOf} from '../frames/render-app.js';
import {scenes} from '../frames/scenes.js';
import {cellsOn} from './cells-on.js';
import {type Asked, anyFrame, bold, inverse, type Operation, within, write} from './operations.js';

afterEach(() => {
	vi.restoreAllMocks();
});

const numRuns = 600;

type Drawn = ReturnType<Output['get']>;

function draw(output: Output, operations: readonly Operation[]): Drawn {
	for (const operation of operations)
		switch (operation.type) {
			case 'write': {
				const {x, y, text, transformers} = operation;
				output.write(x, y, text, {transformers});
				break;
			}
			case 'clip':
				output.clip(operation.clip);
				break;
			case 'unclip':
				output.unclip();
		}

	return output.get();
}

/** A frame as Ink's output draws it and as ours does, and whether ours has left it to Ink's. */
function both({operations, ...size}: Asked) {
	const inks = draw(new Output(size), operations);
	const get = vi.spyOn(Output.prototype, 'get');
	const ours = draw(new FastOutput(size), operations);
	const isLeft = get.mock.calls.length > 0;
	get.mockRestore();
	return {inks, ours, isLeft};
}

async function expectSame(ours: Drawn, inks: Drawn) {
	expect(ours.height).toBe(inks.height);
	if (ours.output !== inks.output) expect(await cellsOn(ours.output)).toEqual(await cellsOn(inks.output));
}

/** What Ink asks of its output while it draws. */
function askedBy(render: () => unknown): readonly Asked[] {
	const asked: Asked[] = [];
	const {get} = Output.prototype;
	vi.spyOn(Output.prototype, 'get').mockImplementation(function (this: Output) {
		const {width, height} = this;
		asked.push({width, height, operations: Reflect.get(this, 'operations') as readonly Operation[]});
		return get.call(this);
	});
	render();
	vi.restoreAllMocks();
	return asked;
}

describe('the fast output', () => {
	test('draws in every cell what Ink’s own draws there, whatever there is to draw', async () => {
		const ways = {joined: 0, left: 0};
		await fc.assert(
			fc.asyncProperty(anyFrame, async frame => {
				const {inks, ours, isLeft} = both(frame);
				if (inks.output !== '') ways[isLeft ? 'left' : 'joined']++;
				await expectSame(ours, inks);
			}),
			{numRuns},
		);
		expect(Math.min(ways.joined, ways.left)).toBeGreaterThan(numRuns / 7);
	});

	test('draws every scene as Ink’s own does, and joins lists and pages', async () => {
		const joined = new Set<string>();
		// Each in the colours of another terminal than the one before.
		const colours = ['none', 'unknown', 'dark'] as const;
		for (const [index, [name, scene]] of Object.entries(scenes).entries()) {
			const {state} = scene({columns: 80, rows: 24});
			for (const frame of askedBy(() => frameOf(state, colours[index % colours.length]))) {
				const {inks, ours, isLeft} = both(frame);
				await expectSame(ours, inks);
				if (!isLeft) joined.add(name);
			}
		}

		expect([...joined]).toEqual(
			expect.arrayContaining(['start', 'many', 'plain', 'nulls', 'question-moved', 'help', 'plain-details']),
		);
	});

	test.each<[what: string, operations: readonly Operation[]]>([
		['rows in any order', [write(0, 2, 'b'), write(0, 0, 'a')]],
		['styles, and letters of two cells', [write(3, 0, `${bold('漢字')} ${inverse('x')}`)]],
		['texts on a row, from left to right', [write(0, 0, bold('ab')), write(6, 0, 'cd'), write(8, 0, '漢字')]],
		['several codes in one, and a reset', [write(0, 0, '\u001B[1;38;5;9;7ma\u001B[0mb\u001B[0;4mc')]],
		['a text of several lines', [write(1, 0, 'a\nb\n\nc')]],
		['a line by its number', [write(0, 1, ' \n \n ', (_, index) => inverse(`> ${index}`))]],
		['more lines than there is room for', [write(0, 2, 'a\nb\nc\nd\ne\nf')]],
		['a row that is too long', [write(0, 0, 'a'.repeat(40))]],
		['what a clip holds', within({x1: 1, x2: 9, y1: 0, y2: 2}, write(1, 1, bold('abcdefgh')))],
	])('joins %s', async (_, operations) => {
		const {inks, ours, isLeft} = both({width: 20, height: 5, operations});
		expect(isLeft).toBe(false);
		await expectSame(ours, inks);
	});

	test.each<[what: string, operations: readonly Operation[]]>([
		['one text over another', [write(0, 0, 'abcdef'), write(2, 0, 'x')]],
		['one text over the last letter of another', [write(0, 0, 'abc'), write(2, 0, 'x')]],
		['texts on a row, from right to left', [write(6, 0, 'cd'), write(0, 0, 'ab')]],
		['a text after one of which only Ink knows the width', [write(0, 0, '漢字'), write(6, 0, 'cd')]],
		['what begins left of the screen', [write(-1, 0, 'abc')]],
		['what begins right of the screen', [write(30, 0, 'abc')]],
		['what begins above the screen', [write(0, -1, 'a\nb')]],
		['half a cell', [write(0.5, 0, 'a')]],
		['what a clip cuts', within({x1: 0, x2: 3, y1: 0, y2: 5}, write(0, 0, 'abcd'))],
		['lines that a clip cuts', within({x1: 0, x2: 20, y1: 0, y2: 2}, write(0, 1, 'a\nb'))],
		['wide letters that a clip cuts', within({x1: 0, x2: 5, y1: 0, y2: 5}, write(0, 0, '漢字漢'))],
		[
			'what a transformer makes of nothing between two clips',
			within(
				{x1: 0, x2: 5, y1: 0, y2: 5},
				...within(
					{x1: 5, x2: 9, y1: 0, y2: 5},
					write(5, 0, '\n', () => 'a'),
				),
			),
		],
		['what a clip hides', within({x1: 0, x2: 20, y1: 1, y2: 2}, write(0, 0, 'a'))],
		['styles over several lines', [write(0, 0, '\u001B[31ma\nb\u001B[39m')]],
		['a style that Ink does not know', [write(0, 0, '\u001B[5ma\u001B[mb')]],
		['a link', [write(0, 0, '\u001B]8;;https://a.example\u0007a\u001B]8;;\u0007')]],
		['a control character that a transformer adds', [write(0, 0, 'a', line => `${line}\b`)]],
		['a styled text that is made another', [write(0, 0, bold('a'), inverse)]],
		['what nobody sees, counted', [write(0, 0, 'a\u200Bb', line => String(line.length))]],
		['what nobody sees', [write(0, 0, 'a\u200Bb')]],
		['a mark without a letter', [write(0, 0, `a${bold('\u0301')}`)]],
	])('leaves %s to Ink’s', async (_, operations) => {
		const {inks, ours, isLeft} = both({width: 20, height: 5, operations});
		expect(isLeft).toBe(true);
		expect(ours).toEqual(inks);
	});
});
