import {deadlineAfter} from '../../domain/signal/outcome.js';
import {uptime} from '../../domain/text/format.js';
import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {type Step, withHand} from '../step.js';
import {say} from './note.js';

/** How long q waits for the answer to a signal, in milliseconds: after its deadline nothing is sent any more. */
const waitsFor = deadlineAfter / 1000;

const isUnanswered = ({server}: State) => server.signals.some(({phase}) => phase.type === 'asked');

/** q: at once, unless a signal has no answer yet; q again does not wait for that either. */
export function leave(state: State, now: number): Step {
	if (state.hand.quittingAt !== undefined || !isUnanswered(state)) return [state, [{type: 'quit'}]];
	const waiting = withHand(state, {quittingAt: now});
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
		const {quittingAt} = state.hand;
		return quittingAt !== undefined && isUnanswered(state) ? quittingAt + waitsFor : quittingAt;
	},
	act: state => [withHand(state, {quittingAt: undefined}), [{type: 'quit'}]],
};
