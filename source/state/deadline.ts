import type {State} from './state.js';
import {andThen, type Step} from './step.js';

/** Something that comes by itself. */
export type Deadline = {
	readonly name: string;
	/** When, in milliseconds of the store's clock; undefined or Infinity while it does not come. */
	at(state: State): number | undefined;
	/** Done once that time has come. It leaves no time behind that has passed already. */
	act(state: State, now: number): Step;
};

/** Done after a step, if it is due by then. */
export const ifDue = (step: Step, {at, act}: Deadline, now: number): Step =>
	andThen(step, state => ((at(state) ?? Infinity) <= now ? act(state, now) : [state, []]));
