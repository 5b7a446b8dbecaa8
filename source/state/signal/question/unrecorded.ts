import type {Reason} from '../../../domain/signal/verdict/reason.js';
import type {Layer} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer, type Step, withHand} from '../../step.js';
import {forget} from '../send.js';
import {areOpen} from '../sight.js';
import {ask} from './ask.js';

/** The audit file can't be written. A full disk must not disarm the tool, so that is asked, and y sends it anyway. */
export function unrecorded(state: State, number: number, why: string, now: number): Step {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (!signalled) return [state, []];
	const {order, aimed} = signalled;
	const [before] = state.screen.layers;
	const others: readonly Reason[] = [
		{
			id: 'audit',
			text: `the audit file can't be written (${why}): y sends it all the same`,
			short: 'it will not be recorded (audit file)',
		},
		...othersOf(before),
	];
	const [asked, commands] = ask(
		// Who pressed q has to be asked first, too.
		withHand(forget(state, number), {quittingAt: undefined}),
		{
			type: 'ask',
			signal: order.signal,
			backend: aimed.backend,
			others,
			...(order.startedAt !== undefined && {startedAt: order.startedAt}),
		},
		now,
		true,
	);
	const [layer] = asked.screen.layers;
	return layer.type === 'question'
		? [changeLayer(asked, {...layer, isUnrecorded: true}), commands]
		: [asked, commands];
}

/** What is a reason to ask besides, whatever became of the question about it. */
function othersOf(before: Layer): readonly Reason[] {
	switch (before.type) {
		case 'question':
			return before.others.filter(({id}) => id !== 'audit');
		case 'details':
			return [areOpen];
		default:
			return [];
	}
}
