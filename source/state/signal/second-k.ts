import type {Backend} from '../../domain/session/backend.js';
import type {Signal, Work} from '../../domain/signal/target.js';
import {workOf} from '../../domain/signal/work.js';
import {ignoreKey} from '../screen/note.js';
import type {State} from '../state.js';
import {withStatus} from '../step.js';

/** Between these two times a second k ends the session, whatever it does by then. In milliseconds, from the frame that said that the session is at something else. */
const readAfter = 700;
const endsAfter = 10_000;

/** What the session must still be doing. A second k demands only the same session. Undefined when that k came before a person could read what came of the first. */
export function workFor(
	{hand: {secondK}}: State,
	signal: Signal,
	backend: Backend,
	now: number,
): Work | undefined {
	if (signal === 'cancel' || secondK?.id !== backend.id) return workOf(signal, backend);
	const {drawnAt = now} = secondK;
	if (now - drawnAt < readAfter) return undefined;
	return now - drawnAt <= endsAfter ? 'session' : workOf(signal, backend);
}

/** A person must read what came of the first k before a second one counts. Where something else was said in its place, it is said now. */
export function tellSecondK(state: State, key: string, now: number): State {
	const {secondK} = state.hand;
	return secondK && secondK.drawnAt === undefined
		? withStatus(state, {signals: [secondK.number], note: undefined})
		: ignoreKey(state, key, 'what has changed was just said', now);
}
