import process from 'node:process';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {clean, cleanLines} from '../../../source/domain/text/clean.js';
import {widthOf} from '../../../source/domain/text/width.js';
import {wrap} from '../../../source/domain/text/wrap.js';
import {hostileText} from './hostile.js';

test.each<[text: string, width: number, lines: readonly string[]]>([
	['', 10, ['']],
	['one two three', 13, ['one two three']],
	['one two three', 12, ['one two', 'three']],
	['one two three', 7, ['one two', 'three']],
	['one two three', 3, ['one', 'two', 'thr', 'ee']],
	['one two', 4, ['one', 'two']],
	['abcdef', 2, ['ab', 'cd', 'ef']],
	['abc', 0, ['a', 'b', 'c']],
	['one\ntwo', 10, ['one', 'two']],
	['one\n\ntwo', 10, ['one', '', 'two']],
	['    indented', 20, ['    indented']],
	['漢字漢字', 4, ['漢字', '漢字']],
	['漢字漢字', 5, ['漢字', '漢字']],
	['e\u0301e\u0301e\u0301', 2, ['e\u0301e\u0301', 'e\u0301']],
])('%j in %i cells', (text, width, lines) => {
	expect(wrap(text, width)).toEqual(lines);
});

const text = fc.oneof(
	hostileText.map(clean),
	hostileText.map(cleanLines),
	fc.string({unit: fc.constantFrom('a', 'b', ' ', '漢', '\n', '-'), maxLength: 80}),
);
const widths = fc.integer({min: 2, max: 30});

test('no line is wider than it may be', () => {
	fc.assert(
		fc.property(text, widths, (whole, width) => {
			for (const line of wrap(whole, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
		}),
	);
});

test('nothing is lost but blanks where a line breaks, and nothing is added', () => {
	const letters = (whole: string) => whole.replaceAll(/\s/gu, '');
	fc.assert(
		fc.property(text, widths, (whole, width) => {
			const lines = wrap(whole, width);
			expect(letters(lines.join(''))).toBe(letters(whole));
			let at = 0;
			for (const line of lines) {
				const found = whole.indexOf(line, at);
				expect(found).toBeGreaterThanOrEqual(at);
				expect(whole.slice(at, found)).toMatch(/^\s*$/u);
				at = found + line.length;
			}

			expect(whole.slice(at)).toMatch(/^\s*$/u);
		}),
	);
});

test('what fits into a line stays as it is', () => {
	fc.assert(
		fc.property(text, whole => {
			const lines = whole.split('\n');
			expect(wrap(whole, Math.max(1, ...lines.map(widthOf)))).toEqual(lines);
		}),
	);
});

test('a break at the end makes no line of its own', () => {
	expect(wrap('four   ', 4)).toEqual(['four']);
	expect(wrap('漢', 1)).toEqual(['漢']);
});

// track_activity_query_size allows ten times as much, and the details wrap it for every frame.
test('a query of a hundred kilobytes is wrapped in no time', () => {
	const whole = "insert into t values ('é漢'); ".repeat(3500);
	// The processor's time: what else the machine does is not counted.
	const before = process.cpuUsage();
	expect(wrap(whole, 80).length).toBeGreaterThan(1000);
	expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
});
