import type {State} from './state.js';
import {andThen, type Step} from './step.js';

/** Something that comes by itself. */
export type Deadline = {
	readonly name: string;
	/** When it is due, in milliseconds of the store's clock; undefined or Infinity while nothing is to come. */
	at(state: State): number | undefined;
	/** Called once that time has come. After it, `at` gives no time that has passed already. */
	act(state: State, now: number): Step;
};

/** Goes on from a step with a deadline, if that is due by then. */
export const ifDue = (step: Step, {at, act}: Deadline, now: number): Step =>
	andThen(step, state => ((at(state) ?? Infinity) <= now ? act(state, now) : [state, []]));
