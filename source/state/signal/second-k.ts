import type {Backend} from '../../domain/session/backend.js';
import type {Signal, Work} from '../../domain/signal/target.js';
import {workOf} from '../../domain/signal/work.js';
import {ignoreKey} from '../screen/note.js';
import type {State} from '../state.js';
import {withStatus} from '../step.js';

/** When a second k ends the session whatever it does by then: so long after it was drawn that it is at something else, in milliseconds. */
const from = 700;
const until = 10_000;

/** What the session must still be at. A second k demands the session alone; undefined when it came before what was said of the first one could be read. */
export function workFor(
	{hand: {secondK}}: State,
	signal: Signal,
	backend: Backend,
	now: number,
): Work | undefined {
	if (signal === 'cancel' || secondK?.id !== backend.id) return workOf(signal, backend);
	const {drawnAt = now} = secondK;
	if (now - drawnAt < from) return undefined;
	return now - drawnAt <= until ? 'session' : workOf(signal, backend);
}

/** It has to be read before it can be answered: where something else was said in its place, it is said now. */
export function tellSecondK(state: State, key: string, now: number): State {
	const {secondK} = state.hand;
	return secondK && secondK.drawnAt === undefined
		? withStatus(state, {signal: secondK.number, note: undefined})
		: ignoreKey(state, key, 'what has changed was just said', now);
}
