import {expiresAfter} from '../../domain/signal/outcome.js';
import {uptime} from '../../domain/text/format.js';
import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {type Step, withHand} from '../step.js';
import {say} from './note.js';

/** How long q waits for the answer to a signal, in milliseconds. Once it has expired the signal is not sent any more. */
const waitsFor = expiresAfter / 1000;

const isUnanswered = ({server}: State) => server.signals.some(({phase}) => phase.type === 'asked');

/** q quits at once, unless a signal has no answer yet. A second q does not wait for the answer. */
export function leave(state: State, now: number): Step {
	if (state.hand.quittingAt !== undefined || !isUnanswered(state)) return [state, [{type: 'quit'}]];
	const waiting = withHand(state, {quittingAt: now});
	return [
		say(
			waiting,
			`waiting for the server's answer, ${uptime(expiresAfter)} at most: q again leaves at once`,
			true,
		),
		[],
	];
}

/** Due at once when every answer has come, otherwise after the longest wait. */
export const quitting: Deadline = {
	name: 'quitting',
	at(state) {
		const {quittingAt} = state.hand;
		return quittingAt !== undefined && isUnanswered(state) ? quittingAt + waitsFor : quittingAt;
	},
	act: state => [withHand(state, {quittingAt: undefined}), [{type: 'quit'}]],
};
