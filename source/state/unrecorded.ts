import {ask} from './asking.js';
import {forget} from './sending.js';
import type {State} from './state.js';
import {type Step, withScreen} from './step.js';

/** The audit file can't be written. A full disk must not disarm the tool, so that is asked, and y sends it anyway. */
export function unrecorded(state: State, number: number, why: string, now: number): Step {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (!signalled) return [state, []];
	const {order, backend} = signalled;
	const others = [`the audit file can't be written (${why}): y sends it all the same`];
	const [asked, commands] = ask(
		// Who pressed q has to be asked first, too.
		withScreen(forget(state, number), {leavingAt: undefined}),
		{type: 'ask', signal: order.signal, backend, others},
		now,
	);
	const {layer} = asked.screen;
	return layer.type === 'question'
		? [withScreen(asked, {layer: {...layer, isUnrecorded: true}}), commands]
		: [asked, commands];
}
