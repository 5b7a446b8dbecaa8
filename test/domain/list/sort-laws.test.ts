import fc from 'fast-check';
import {describe} from 'vitest';
import {minute, noon, second} from '../../helpers/state/backend.js';
import {by, rowsOf, table, tables} from './made-up.js';
import {sortLaws} from './sort-laws.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const anyTable = fc
	.record(
		{
			name: fc.constantFrom(...names),
			oid: fc.constantFrom(1, 2),
			size: fc.constantFrom(0, 10, 2000),
			vacuumedAt: fc.constantFrom(noon, noon - second, noon - minute),
			partOf: fc.constantFrom(...names, 'nothing'),
			isDenied: fc.constant(true as const),
			isSystem: fc.constant(true as const),
		},
		{requiredKeys: ['name']},
	)
	.map(({name, ...facts}) => table(name, facts));
const anyRows = fc.uniqueArray(anyTable, {selector: ({id}) => id}).map(rowsOf);
const anyOrder = fc
	.tuple(fc.constantFrom(...tables.columns.map(({id}) => id)), fc.boolean())
	.map(([id, isReversed]) => by(id, isReversed));

describe('of rows that are no sessions', () => {
	sortLaws(tables, anyRows, anyOrder);
});
