import fc from 'fast-check';
import {expect, test} from 'vitest';
import {counting, judge} from './judge.js';
import {playAll} from './run.js';
import {asked, startsAsked} from './scenes.js';

const numRuns = 1000;

/** A few seconds, unless the machine has much else to do. */
const timeout = 120_000;

test('whatever happens, only a lone y to a question that was read sends what must be asked', {
	timeout,
}, () => {
	const {runs, ways, count} = counting();
	fc.assert(
		fc.property(startsAsked, asked, ({start, world, opening}, moves) => {
			count(judge(playAll(start, world, [...opening, ...moves])));
		}),
		{numRuns},
	);
	expect(runs.sending).toBeGreaterThanOrEqual(numRuns / 2);
	expect(runs.asked).toBeGreaterThanOrEqual(numRuns / 4);
	for (const way of ['question', 'question on the next', 'question read for 1.5 s'] as const)
		expect(ways.get(way), way).toBeGreaterThan(0);
});
