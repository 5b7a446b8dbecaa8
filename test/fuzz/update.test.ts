import {expect, test} from 'vitest';
import {runsOf, seed, timeout, walkAll} from './runs.js';

const numRuns = runsOf(5000);

test('whatever is typed, shown and answered, the screen is whole, and no key does more than it says', {
	timeout,
}, () => {
	const {signals, screens, commands} = walkAll(numRuns, seed);
	expect(signals).toBeGreaterThan(numRuns / 100);
	expect(screens).toBeGreaterThan(numRuns);
	expect(commands).toBeGreaterThan(numRuns);
});
