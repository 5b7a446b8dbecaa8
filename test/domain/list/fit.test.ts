import {describe, expect, test} from 'vitest';
import {type Fittable, fitColumns, gutter} from '../../../source/domain/list/fit.js';
import {columns} from '../../../source/views/sessions/columns.js';

const shown = (width: number) => fitColumns(columns, width);
const titles = (width: number) =>
	shown(width)
		.map(({column}) => column.title)
		.join(' ');

describe('columns', () => {
	test.each([
		[1, 'PID TIME QUERY'],
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
		[96, 'PID USER DB STATE WAIT TIME XACT SINCE QUERY'],
		[111, 'PID USER DB STATE WAIT TIME XACT SINCE QUERY'],
		[112, 'PID USER DB APP STATE WAIT TIME XACT SINCE QUERY'],
		[127, 'PID USER DB APP STATE WAIT TIME XACT SINCE QUERY'],
		[128, 'PID USER DB APP CLIENT STATE WAIT TIME XACT SINCE QUERY'],
		[219, 'PID USER DB APP CLIENT STATE WAIT TIME XACT SINCE QUERY'],
		[220, 'PID USER DB APP CLIENT STATE WAIT TIME XACT SINCE CPU QUERY'],
		[236, 'PID USER DB APP CLIENT STATE WAIT TIME XACT SINCE CPU MEM QUERY'],
		[252, 'PID USER DB APP CLIENT STATE WAIT TIME XACT SINCE CPU MEM XMIN QUERY'],
		[268, 'PID USER DB APP CLIENT STATE WAIT TIME XACT SINCE CPU MEM XID XMIN QUERY'],
	])('at %d: %s', (width, expected) => {
		expect(titles(width)).toBe(expected);
	});

	test('have the widths of the specification at 80', () => {
		const widths = Object.fromEntries(shown(80).map(({column, width}) => [column.id, width]));
		expect(gutter).toBe(2);
		expect(widths).toEqual({pid: 7, user: 8, database: 8, state: 8, wait: 13, time: 6, query: 22});
	});

	test('fill every line exactly, and leave QUERY at least 20', () => {
		for (let width = 40; width <= 400; width++) {
			const fitted = shown(width);
			const cells = fitted.reduce((sum, column) => sum + column.width, gutter + fitted.length - 1);
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

describe('a column', () => {
	const last = {id: 'last', width: 10, priority: 0};
	const pid = {id: 'pid', width: 5, priority: 0};
	const size = {id: 'size', width: 7, priority: 2};
	const rows = {id: 'rows', width: 3, priority: 2};
	const owner = {id: 'owner', width: 20, priority: 1};
	const age = {id: 'age', width: 1, priority: 3, leaves: 30};
	const ids = (width: number, ...columns: readonly (Fittable & {readonly id: string})[]) =>
		fitColumns(columns, width)
			.map(({column}) => column.id)
			.join(' ');

	test.each([
		[0, 'pid last'],
		[38, 'pid last'],
		[39, 'pid owner last'],
		[50, 'pid owner last'],
		[51, 'pid size owner rows last'],
	])(
		'comes with those of its priority or not at all, those that matter more first: at %d %s',
		(width, shown) => {
			expect(ids(width, pid, size, owner, rows, last)).toBe(shown);
		},
	);

	test('that is narrow does not come before one that matters more', () => {
		expect(ids(32, pid, owner, rows, last)).toBe('pid last');
	});

	test('leaves the last column as much as it says, also when others come after it', () => {
		expect(ids(39, pid, age, last)).toBe('pid last');
		expect(ids(40, pid, age, last)).toBe('pid age last');
		const later = {id: 'later', width: 1, priority: 4};
		expect(ids(41, pid, age, later, last)).toBe('pid age last');
		expect(ids(42, pid, age, later, last)).toBe('pid age later last');
	});

	test('that is extra comes from 220 on, one every 16 cells, by its priority', () => {
		const extra = (id: string, priority: number) => ({id, width: 5, priority, isExtra: true}) as const;
		const all = [pid, extra('third', 9), extra('first', 7), extra('second', 8), last];
		expect(ids(219, ...all)).toBe('pid last');
		expect(ids(220, ...all)).toBe('pid first last');
		expect(ids(235, ...all)).toBe('pid first last');
		expect(ids(236, ...all)).toBe('pid first second last');
		expect(ids(252, ...all)).toBe('pid third first second last');
	});

	test('that stands last is always shown, and takes what is left', () => {
		expect(ids(10, pid, owner)).toBe('pid owner');
		expect(fitColumns([pid, last], 22).map(({width}) => width)).toEqual([5, 14]);
		expect(fitColumns([pid, last], 3).map(({width}) => width)).toEqual([5, 0]);
		expect(fitColumns([last], 42).map(({width}) => width)).toEqual([40]);
		expect(fitColumns([], 20)).toEqual([]);
	});
});
