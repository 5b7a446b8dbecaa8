import {describe, expect, test} from 'vitest';
import {fitColumns} from '../../../source/domain/list/fit.js';
import {columns} from '../../../source/views/sessions/columns.js';

const shown = (width: number) => fitColumns(columns, width, width);
const titles = (width: number) =>
	shown(width)
		.map(({column}) => column.title)
		.join(' ');

describe('columns', () => {
	test.each([
		[40, 'PID TIME QUERY'],
		[45, 'PID TIME QUERY'],
		[46, 'PID STATE TIME QUERY'],
		[59, 'PID STATE TIME QUERY'],
		[60, 'PID STATE WAIT TIME QUERY'],
		[68, 'PID STATE WAIT TIME QUERY'],
		[69, 'PID USER STATE WAIT TIME QUERY'],
		[77, 'PID USER STATE WAIT TIME QUERY'],
		[78, 'PID USER DB STATE WAIT TIME QUERY'],
		[80, 'PID USER DB STATE WAIT TIME QUERY'],
		[95, 'PID USER DB STATE WAIT TIME QUERY'],
		[96, 'PID USER DB STATE WAIT TIME XACT QAGE QUERY'],
		[112, 'PID USER DB APP STATE WAIT TIME XACT QAGE QUERY'],
		[128, 'PID USER DB APP CLIENT STATE WAIT TIME XACT QAGE QUERY'],
	])('at %d: %s', (width, expected) => {
		expect(titles(width)).toBe(expected);
	});

	test('have the widths of the specification at 80', () => {
		const widths = Object.fromEntries(shown(80).map(({column, width}) => [column.id, width]));
		// Mark, flag and PID adjoin.
		expect(widths).toEqual({pid: 1 + 1 + 7, user: 8, database: 8, state: 8, wait: 13, time: 6, query: 22});
	});

	test('fill every line exactly, and leave QUERY at least 20', () => {
		for (let width = 40; width <= 250; width++) {
			const fitted = shown(width);
			const cells = fitted.reduce((sum, column) => sum + column.width, fitted.length - 1);
			expect(cells).toBe(width);
			expect(fitted.at(-1)?.column.id).toBe('query');
			expect(fitted.at(-1)?.width).toBeGreaterThanOrEqual(20);
		}
	});

	test('are all shown where a line may be as long as it is', () => {
		expect(shown(Infinity).map(({column}) => column.id)).toEqual(columns.map(({id}) => id));
		expect(shown(Infinity).at(-1)?.width).toBe(Infinity);
	});
});

test('the terminal decides which columns there are, also where the line is narrower than it', () => {
	const two = [
		{width: 5, from: 0},
		{width: 9, from: 20},
	];
	expect(fitColumns(two, 15, 20).map(({width}) => width)).toEqual([5, 9]);
	expect(fitColumns(two, 20, 15).map(({width}) => width)).toEqual([20]);
});

test('the last column takes what is left, and never less than nothing', () => {
	const two = [
		{width: 5, from: 0},
		{width: 9, from: 0},
	];
	expect(fitColumns(two, 20, 20).map(({width}) => width)).toEqual([5, 14]);
	expect(fitColumns(two, 3, 3).map(({width}) => width)).toEqual([5, 0]);
	expect(fitColumns([], 20, 20)).toEqual([]);
});
