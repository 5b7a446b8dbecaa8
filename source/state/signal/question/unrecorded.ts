import type {Reason} from '../../../domain/signal/verdict/reason.js';
import {mapSome, type Some, someOf} from '../../../domain/some.js';
import type {Layer} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer, type Step, withHand} from '../../step.js';
import {forget} from '../send.js';
import {areOpen} from '../sight.js';
import {ask} from './ask.js';

/** The audit file can't be written. A full disk must not disarm the tool: so a question says it, and y sends the signal anyway. */
export function unrecorded(state: State, numbers: Some<number>, why: string, now: number): Step {
	const signalled = someOf(state.server.signals.filter(({order}) => numbers.includes(order.number)));
	if (!signalled) return [state, []];
	const [{order}] = signalled;
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
		// Even after q this must be asked, so pgtop does not quit yet.
		withHand(forget(state, numbers), {quittingAt: undefined}),
		{
			type: 'ask',
			signal: order.signal,
			aimed: mapSome(signalled, ({aimed}) => aimed),
			others,
			...(signalled.some(({isTagged}) => isTagged) && {isTagged: true}),
		},
		now,
		true,
	);
	const [layer] = asked.screen.layers;
	return layer.type === 'question'
		? [changeLayer(asked, {...layer, isUnrecorded: true}), commands]
		: [asked, commands];
}

/** Reasons to ask besides the audit file. The question that named them may have closed since. */
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
