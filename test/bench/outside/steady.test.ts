import {expect, test} from 'vitest';
import {mixOf} from './load.js';
import {refreshesOf} from './steady.js';

test('what is written without a pause belongs to one refresh', () => {
	const written = [
		{at: 0, size: 100},
		{at: 60, size: 1},
		{at: 200, size: 10},
		{at: 1000, size: 7},
		{at: 2000, size: 5},
		{at: 2100, size: 5},
	];
	expect(refreshesOf(written)).toEqual([111, 7, 10]);
	expect(refreshesOf([])).toEqual([]);
});

test.each([20, 200, 2000, 5000])('of %i sessions there are some of each kind', count => {
	const kinds = Object.values(mixOf(count));
	expect(Math.min(...kinds)).toBeGreaterThan(0);
	expect(kinds.reduce((all, kind) => all + kind, 0)).toBe(count);
});
