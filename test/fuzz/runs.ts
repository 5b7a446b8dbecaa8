import process from 'node:process';
import fc from 'fast-check';
import {repliesOf} from './actions.js';
import {worldOf} from './pictures.js';
import {anyStart, anySteps, Walk} from './walk.js';

/** How many runs there are; PGTOP_TEST_FUZZ=100000 looks longer. */
export const runsOf = (usual: number) => Number(process.env.PGTOP_TEST_FUZZ ?? usual);

/** PGTOP_TEST_SEED takes that which a failed run has told: sessions and answers are made out of it, too. */
export const seed = Number(process.env.PGTOP_TEST_SEED ?? Math.trunc(Math.random() * 2 ** 31));

/** A few seconds, unless somebody looks longer, or the machine has much else to do. */
export const timeout = 10 * 3_600_000;

const anyRun = fc.record({start: anyStart, steps: anySteps});

/** Every state is looked at, and some screens: the last one of a run always. `from` is a seed. */
export function walkAll(numRuns: number, from: number) {
	const totals = {signals: 0, screens: 0, commands: 0};
	const world = worldOf(from);
	const replies = repliesOf(from);
	fc.assert(
		fc.property(anyRun, ({start, steps}) => {
			const walk = new Walk(start, world, replies);
			for (const [index, step] of steps.entries()) {
				walk.step(step);
				if (index % 7 === 6) walk.looks();
			}

			walk.rests();
			walk.looks();
			for (const name of ['signals', 'screens', 'commands'] as const) totals[name] += walk.counts[name];
		}),
		{numRuns, seed: from},
	);
	return totals;
}
