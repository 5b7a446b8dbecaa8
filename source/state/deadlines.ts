import {type Deadline, ifDue} from './deadline.js';
import {keySequence} from './keys/press.js';
import {counter} from './screen/counter.js';
import {firstNote} from './screen/note.js';
import {quitting} from './screen/quit.js';
import {nextTry} from './server/link.js';
import {restedWindow} from './server/rested-window.js';
import {nextRights} from './server/rights.js';
import {nextSample} from './server/sample.js';
import {armedKey} from './signal/armed.js';
import {questionEnd} from './signal/question/ask.js';
import {nextQuestionLook} from './signal/question/follow.js';
import {nextLook} from './signal/watch/looks.js';
import {nextLookAtWaiters} from './signal/watch/waiters.js';
import type {State} from './state.js';
import type {Step} from './step.js';

/** Everything that comes by itself, in the order in which it is done when due. Keys come first: a signal must not wait behind a refresh. */
export const deadlines: readonly Deadline[] = [
	armedKey,
	keySequence,
	questionEnd,
	quitting,
	nextTry,
	nextLook,
	nextLookAtWaiters,
	nextQuestionLook,
	nextSample,
	restedWindow,
	nextRights,
	counter,
	firstNote,
];

/** When the state has to be looked at again although nothing happens, in milliseconds. */
export function nextWake(state: State): number | undefined {
	const next = Math.min(...deadlines.map(({at}) => at(state) ?? Infinity));
	return next === Infinity ? undefined : next;
}

/** Does all that is due. */
export const wake = (state: State, now: number): Step =>
	deadlines.reduce<Step>((step, deadline) => ifDue(step, deadline, now), [state, []]);
