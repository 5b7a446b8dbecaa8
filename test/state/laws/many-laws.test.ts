import fc from 'fast-check';
import {expect, test} from 'vitest';
import {counting, judge} from './judge.js';
import {playAll} from './run.js';
import {startsAsked, tagging} from './scenes.js';

const numRuns = 1000;

/** A few seconds, unless the machine has much else to do. */
const timeout = 120_000;

test('whatever happens, only a lone y to a question that was read signals what is tagged', {
	timeout,
}, () => {
	const {runs, ways, count} = counting();
	fc.assert(
		fc.property(startsAsked, tagging, ({start, world, opening}, moves) => {
			count(judge(playAll(start, world, [...opening, ...moves])));
		}),
		{numRuns},
	);
	expect(runs.asked).toBeGreaterThanOrEqual(numRuns / 4);
	expect(ways.get('question about many')).toBeGreaterThan(numRuns / 4);
});
