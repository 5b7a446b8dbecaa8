import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {isSameSql} from '../../source/domain/sql/same-sql.js';
import {formatSql} from '../../source/format/format-sql.js';

describe('a query', () => {
	test.each([
		['select a, b from t where x = 1', 'select\n  a,\n  b\nfrom\n  t\nwhere\n  x = 1'],
		["select $a$ it's $a$, E'a\\'b', U&'d', \"Q\"\"d\" from a.b -- why\n, c /* x /* y */ z */", undefined],
		["select 1 @> 2, a #>> '{x}', b ?| array['a'], -1, a::text[], x[1:2], 1e5, 0x1F", undefined],
		['insert into t values (1, 2) on conflict do nothing returning *', undefined],
		['with a as materialized (select 1) select * from a, lateral (select 2) b', undefined],
		['select * from f(a => 1, b := 2) where x = any($1::int[]) and y <> - 5', undefined],
		['begin; update x set a = 1; commit', undefined],
	])('that is understood stays the same query, in lines: %s', (text, lines) => {
		const formatted = formatSql(text);
		expect(formatted).toContain('\n');
		expect(isSameSql(text, formatted ?? '')).toBe(true);
		if (lines !== undefined) expect(formatted).toBe(lines);
	});

	test('that calls a function is broken nowhere before its parenthesis', () => {
		expect(formatSql('select f(a), g (b), count(*) from t')).toBe(
			'select\n  f(a),\n  g (b),\n  count(*)\nfrom\n  t',
		);
	});

	test.each(['select (', "select 'a", 'select {fn x}', `select ${'['.repeat(3000)}`])(
		'that is not understood has no other form: %.20s',
		text => {
			expect(formatSql(text)).toBeUndefined();
		},
	);

	test('of any pieces has no other tokens when it is formatted', () => {
		const piece = fc.constantFrom(
			...['select', 'from', 'where', 'a', 'b.c', '"Q d"', "'it''s'", "E'\\''", '$$x y$$', '$1', '1.5e3'],
			...['-', '--', '- -', '+', '<', '=', '<=', '<>', '%', 's', ':', '::', ':x', '?', '@>', '|', '||'],
			...['(', ')', '[', ']', ',', ';', '.', '..', '-- why\n', '/* why */', '/*\n  * why\n  */', '\n', '  '],
			...['case', 'when', 'end', 'between', 'and', 'in', 'interval', 'order by', 'limit', 'union all'],
		);
		fc.assert(
			fc.property(fc.array(piece, {maxLength: 15}), fc.constantFrom('', ' '), (pieces, between) => {
				const text = pieces.join(between);
				const formatted = formatSql(text);
				return formatted === undefined || isSameSql(text, formatted);
			}),
			{numRuns: 300},
		);
	});
});
