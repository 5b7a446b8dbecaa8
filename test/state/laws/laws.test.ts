import fc from 'fast-check';
import {expect, test} from 'vitest';
import {nextWake} from '../../../source/state/deadlines.js';
import {update} from '../../../source/state/update.js';
import {down, play} from '../../helpers/state/play.js';
import {counting, judge} from './judge.js';
import {playAll} from './run.js';
import {starts, working} from './scenes.js';
import {sessions} from './sessions.js';

const numRuns = 1000;

/** A few seconds, unless the machine has much else to do. */
const timeout = 120_000;

const everything = sessions.flatMap(([first]) => (first ? [first.backend] : []));

test('whatever happens, a signal comes of one lone key, for the row that was looked at', {timeout}, () => {
	const {runs, ways, count} = counting();
	fc.assert(
		fc.property(starts, working, ({start, world, opening}, moves) => {
			count(judge(playAll(start, world, [...opening, ...moves])));
		}),
		{numRuns},
	);
	expect(runs.sending).toBeGreaterThanOrEqual(numRuns / 2);
	expect(runs.asked).toBeGreaterThanOrEqual(numRuns / 4);
	for (const way of ['highlighted', 'in its line', 'second k', 'question', 'repeated'] as const)
		expect(ways.get(way), way).toBeGreaterThan(0);
});

test('whatever happens, it comes to rest: after a wake the next one is later', {timeout}, () => {
	fc.assert(
		fc.property(starts, working, ({start, world, opening}, moves) => {
			let {now, state} = playAll(start, world, [...opening, ...moves]).end;
			for (let wakes = 0; wakes < 50; wakes++) {
				const wake = nextWake(state);
				if (wake === undefined) return;
				now = Math.max(now, wake);
				[state] = update(state, {type: 'wake'}, now);
				expect(nextWake(state) ?? Infinity).toBeGreaterThan(now);
			}
		}),
		{numRuns: 300},
	);
});

test('whatever bytes are read, nothing throws', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.uint8Array({maxLength: 6}), fc.nat(400))), all => {
			const start = play().picture(everything).types(down).looksAtIt();
			const typed = all.reduce((before, [bytes, ms]) => before.types(bytes).waits(ms), start);
			expect(typed.state.screen.rows.length).toBeGreaterThan(0);
		}),
	);
});
