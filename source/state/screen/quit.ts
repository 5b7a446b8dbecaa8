import {deadlineAfter} from '../../domain/signal/outcome.js';
import {uptime} from '../../domain/text/format.js';
import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {type Step, say, withScreen} from '../step.js';

/** How long q waits for the answer to a signal, in milliseconds: after its deadline nothing is sent any more. */
const waitsFor = deadlineAfter / 1000;

const isUnanswered = ({server}: State) => server.signals.some(({phase}) => phase.type === 'asked');

/** q: at once, unless a signal has no answer yet; q again does not wait for that either. */
export function leave(state: State, now: number): Step {
	if (state.screen.leavingAt !== undefined || !isUnanswered(state)) return [state, [{type: 'quit'}]];
	const waiting = withScreen(state, {leavingAt: now});
	return [
		say(
			waiting,
			`waiting for the server's answer, ${uptime(deadlineAfter)} at most: q again leaves at once`,
			true,
		),
		[],
	];
}

/** With the answer that it waits for, it comes at once. */
export const quitting: Deadline = {
	name: 'quitting',
	at(state) {
		const {leavingAt} = state.screen;
		return leavingAt !== undefined && isUnanswered(state) ? leavingAt + waitsFor : leavingAt;
	},
	act: state => [withScreen(state, {leavingAt: undefined}), [{type: 'quit'}]],
};
