import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clampTop, isTooSmall, layoutFor, pageLines, scrollTo} from '../../../source/domain/list/window.js';

test.each([
	[40, 10, false],
	[39, 10, true],
	[40, 9, true],
	[200, 9, true],
	[39, 100, true],
	[80, 24, false],
])('%dx%d is too small: %s', (columns, rows, expected) => {
	expect(isTooSmall({columns, rows})).toBe(expected);
});

describe('how the lines are shared out', () => {
	test.each([
		[10, {headerLines: 1, hasAlertLine: false, hasFooter: false, paneLines: 0, tableLines: 7}],
		[11, {headerLines: 1, hasAlertLine: false, hasFooter: false, paneLines: 0, tableLines: 8}],
		[12, {headerLines: 1, hasAlertLine: false, hasFooter: true, paneLines: 0, tableLines: 8}],
		[15, {headerLines: 1, hasAlertLine: false, hasFooter: true, paneLines: 0, tableLines: 11}],
		[16, {headerLines: 3, hasAlertLine: true, hasFooter: true, paneLines: 0, tableLines: 9}],
		[24, {headerLines: 3, hasAlertLine: true, hasFooter: true, paneLines: 0, tableLines: 17}],
		[33, {headerLines: 3, hasAlertLine: true, hasFooter: true, paneLines: 0, tableLines: 26}],
		[34, {headerLines: 3, hasAlertLine: true, hasFooter: true, paneLines: 9, tableLines: 18}],
	])('of %d', (rows, expected) => {
		expect(layoutFor(rows)).toEqual(expected);
	});

	test('all of them are used, and titles and status line have one each', () => {
		for (let rows = 10; rows < 200; rows++) {
			for (const showsPane of [undefined, true, false]) {
				const {headerLines, hasAlertLine, hasFooter, paneLines, tableLines} = layoutFor(rows, showsPane);
				const others = headerLines + Number(hasAlertLine) + 1 + 1 + Number(hasFooter);
				expect(others + tableLines + paneLines).toBe(rows);
				expect(pageLines(rows)).toBe(rows - 2 - Number(hasFooter));
			}
		}
	});

	test.each([
		[21, true, 0],
		[22, undefined, 0],
		[22, true, 9],
		[33, undefined, 0],
		[34, undefined, 9],
		[34, false, 0],
		[200, undefined, 9],
	])('of %d with a pane that is wanted (%s): %d lines for it', (rows, showsPane, expected) => {
		expect(layoutFor(rows, showsPane).paneLines).toBe(expected);
	});
});

test.each([0, 1, 2, 5])('a terminal of %d lines, where nothing is drawn, has a line to count with', rows => {
	expect(layoutFor(rows).tableLines).toBeGreaterThanOrEqual(1);
	expect(pageLines(rows)).toBeGreaterThanOrEqual(1);
});

describe('the window', () => {
	const place = fc.record({
		top: fc.nat(60),
		height: fc.integer({min: 1, max: 30}),
		count: fc.integer({min: 1, max: 60}),
		index: fc.nat(59),
	});
	const inside = place.filter(({index, count}) => index < count);

	test('shows the line that it is scrolled to', () => {
		fc.assert(
			fc.property(inside, ({top, height, count, index}) => {
				const scrolled = scrollTo(top, index, height, count);
				expect(index).toBeGreaterThanOrEqual(scrolled);
				expect(index).toBeLessThan(scrolled + height);
			}),
		);
	});

	test('has no empty line while there are rows enough', () => {
		fc.assert(
			fc.property(inside, ({top, height, count, index}) => {
				for (const clamped of [scrollTo(top, index, height, count), clampTop(top, height, count)]) {
					expect(clamped).toBeGreaterThanOrEqual(0);
					expect(clamped).toBeLessThanOrEqual(Math.max(0, count - height));
				}
			}),
		);
	});

	test('stays where it is when the line is on the screen', () => {
		fc.assert(
			fc.property(inside, ({top, height, count, index}) => {
				fc.pre(top + height <= count && index >= top && index < top + height);
				expect(scrollTo(top, index, height, count)).toBe(top);
			}),
		);
	});

	test('moves no further than needed', () => {
		expect(scrollTo(0, 17, 17, 40)).toBe(1);
		expect(scrollTo(10, 9, 17, 40)).toBe(9);
		expect(scrollTo(10, 39, 17, 40)).toBe(23);
	});
});
