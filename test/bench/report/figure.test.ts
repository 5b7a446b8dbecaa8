import fc from 'fast-check';
import {expect, test} from 'vitest';
import {median, percentile} from './figure.js';

test('the median is the one in the middle, or between the two', () => {
	expect(median([])).toBeUndefined();
	expect(median([3])).toBe(3);
	expect(median([100, 1, 2])).toBe(2);
	expect(median([10, 1, 100, 2])).toBe(6);
});

test('numbers are compared as numbers, and the list stays as it was', () => {
	const values = [10, 9, 100];
	expect(median(values)).toBe(10);
	expect(percentile(values, 100)).toBe(100);
	expect(values).toEqual([10, 9, 100]);
});

test('a percentile is one of the values, and so many per cent do not exceed it', () => {
	expect(percentile([], 95)).toBeUndefined();
	expect(percentile([1, 2, 3, 4], 50)).toBe(2);
	fc.assert(
		fc.property(fc.array(fc.nat(), {minLength: 1}), fc.integer({min: 1, max: 100}), (values, percent) => {
			const found = percentile(values, percent) ?? Number.NaN;
			expect(values).toContain(found);
			const share = (under: (value: number) => boolean) => values.filter(under).length / values.length;
			expect(share(value => value <= found) * 100).toBeGreaterThanOrEqual(percent);
			expect(share(value => value < found) * 100).toBeLessThan(percent);
		}),
	);
});
