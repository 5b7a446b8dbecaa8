import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fitColumns, gutter} from '../../../../source/domain/list/fit.js';
import {growColumns} from '../../../../source/domain/list/growth/grow-columns.js';
import {widthOf} from '../../../../source/domain/text/width.js';
import {textOf} from '../../../../source/lines/line.js';
import {rowLine} from '../../../../source/lines/row.js';
import {columns} from '../../../../source/views/sessions/columns.js';
import {backend} from '../../../helpers/state/backend.js';
import {rowsOf} from '../../../views/sessions/sorted.js';

type Names = {readonly user?: string; readonly database?: string; readonly application?: string};

const rows = (...names: readonly Names[]) => rowsOf(names.map((name, index) => backend(index + 1, name)));
const widths = (grown: typeof columns) => Object.fromEntries(grown.map(({id, width}) => [id, width]));
const queryOf = (shown: typeof columns, width: number) => fitColumns(shown, width).at(-1)?.width ?? 0;

describe('columns of names', () => {
	test('grow until nothing is cut', () => {
		const grown = growColumns(columns, rows({database: 'customer_47', user: 'billing_batch'}), 200);
		expect(widths(grown)).toEqual({...widths(columns), user: 13, database: 11});
	});

	test('grow to 20 at most', () => {
		const grown = growColumns(columns, rows({database: 'x'.repeat(60)}), 200);
		expect(widths(grown)).toEqual({...widths(columns), database: 20});
	});

	test('do not grow where the query has 60 cells or fewer', () => {
		const long = rows({database: 'customer_47'});
		for (const width of [40, 80, 120, 164]) expect(growColumns(columns, long, width)).toBe(columns);
		expect(widths(growColumns(columns, long, 166)).database).toBe(10);
	});

	test('leave the last room to the one that cuts most, and on a tie to the first of these', () => {
		const name = 'x'.repeat(9);
		const one = (...names: readonly Names[]) => {
			const {user, database} = widths(growColumns(columns, rows(...names), 165));
			return [user, database];
		};
		expect(one({user: name}, {database: name})).toEqual([9, 8]);
		expect(one({user: name}, {database: name}, {database: name})).toEqual([8, 9]);
	});

	test('stay the same object where nothing is cut', () => {
		expect(growColumns(columns, rows({user: 'api'}, {user: '漢字漢字'}), 200)).toBe(columns);
		expect(growColumns(columns, [], 200)).toBe(columns);
	});

	test('count cells, and not characters', () => {
		expect(widths(growColumns(columns, rows({user: '漢字漢字漢'}), 200)).user).toBe(10);
	});

	test('have all the room of a line that may be as long as it is', () => {
		const grown = growColumns(columns, rows({application: 'x'.repeat(18)}), Infinity);
		expect(widths(grown)).toEqual({...widths(columns), application: 18});
	});
});

describe('whatever the names, and however wide the line', () => {
	const name = fc.string({unit: fc.constantFrom('a', 'b', '漢', 'e\u0301'), maxLength: 30});
	const anyRows = fc
		.array(fc.record({user: name, database: name, application: name}), {maxLength: 12})
		.map(names => rows(...names));
	const anyWidth = fc.integer({min: 40, max: 400});

	test('a line is exactly as wide, and no column but the last is narrower or wider than it may be', () => {
		fc.assert(
			fc.property(anyRows, anyWidth, (list, width) => {
				const grown = growColumns(columns, list, width);
				const fitted = fitColumns(grown, width);
				const cells = fitted.reduce((sum, column) => sum + column.width, gutter + fitted.length - 1);
				expect(cells).toBe(width);
				for (const row of list) expect(widthOf(textOf(rowLine(fitted, row, {}, false)))).toBe(width);
				for (const [index, {width: now, grows}] of grown.entries()) {
					const before = columns[index]?.width ?? 0;
					expect(now).toBeGreaterThanOrEqual(before);
					expect(now).toBeLessThanOrEqual(grows ? 20 : before);
				}
			}),
		);
	});

	test('the last column keeps 60 of what it had, and the same columns are shown', () => {
		fc.assert(
			fc.property(anyRows, anyWidth, (list, width) => {
				const grown = growColumns(columns, list, width);
				const before = queryOf(columns, width);
				expect(queryOf(grown, width)).toBeGreaterThanOrEqual(Math.min(before, 60));
				const ids = (shown: typeof columns) => fitColumns(shown, width).map(({column}) => column.id);
				expect(ids(grown)).toEqual(ids(columns));
			}),
		);
	});

	test('it is the same whether all rows are looked at or only those that are new since', () => {
		fc.assert(
			fc.property(anyRows, anyRows, anyWidth, (first, second, width) => {
				const once = growColumns(columns, first, width);
				const next = [...second, ...first.slice(1)];
				expect(growColumns(once, next, width, {before: first})).toEqual(growColumns(once, next, width));
			}),
		);
	});

	test('with other rows no column becomes narrower, and with the same ones none grows again', () => {
		fc.assert(
			fc.property(anyRows, anyRows, anyWidth, (first, second, width) => {
				const once = growColumns(columns, first, width);
				expect(growColumns(once, first, width)).toBe(once);
				for (const [index, {width: now}] of growColumns(once, second, width).entries())
					expect(now).toBeGreaterThanOrEqual(once[index]?.width ?? 0);
			}),
		);
	});
});
