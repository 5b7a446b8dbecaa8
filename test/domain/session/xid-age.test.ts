import fc from 'fast-check';
import {expect, test} from 'vitest';
import {xidAge} from '../../../source/domain/session/xid-age.js';

const xids = 2 ** 32;
const half = 2 ** 31;

test.each([
	['one that is next', 750, 750, 0],
	['the one before', 749, 750, 1],
	['one of the round before', xids - 10, 5, 15],
	['one of the round before, where next has its epoch', xids - 10, 3 * xids + 5, 15],
	['the oldest that can be', 5, half + 4, half - 1],
	['one that was given out after next was read', 760, 750, 0],
	['one that was given out after next was read, in the next round', 3, xids - 2, 0],
])('the age of %s', (_, xid, next, age) => {
	expect(xidAge(xid, next)).toBe(age);
});

test('an id has the age of all that were given out since, whatever the epoch', () => {
	const next = fc.integer({min: half, max: 1000 * xids});
	fc.assert(
		fc.property(next, fc.integer({min: 0, max: half - 1}), (after, age) => {
			expect(xidAge((after - age) % xids, after)).toBe(age);
			expect(xidAge((after - age) % xids, after % xids)).toBe(age);
		}),
	);
});

test('with each transaction an id grows older by one', () => {
	const xid = fc.integer({min: 3, max: xids - 1});
	fc.assert(
		fc.property(xid, fc.integer({min: 0, max: half - 2}), (one, age) => {
			expect(xidAge(one, one + age + 1) - xidAge(one, one + age)).toBe(1);
		}),
	);
});
