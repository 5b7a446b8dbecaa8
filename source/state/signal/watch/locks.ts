import {states} from '../../../domain/session/states.js';
import {isOfAnotherStart, type LocksHeld} from '../../../domain/signal/look.js';
import type {State} from '../../state.js';
import {over} from './watch.js';

/** Says which locks an aborted transaction still holds. Leaves them out where the session has gone on, or they could not be read. */
export function locksRead(state: State, number: number, locks: LocksHeld | undefined): State {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (signalled?.phase.type !== 'locks') return state;
	const {order, phase} = signalled;
	const {outcome, seenAt} = phase.aborted;
	const isStill =
		locks !== undefined &&
		!locks.isOwn &&
		!isOfAnotherStart(order, locks) &&
		locks.seen?.backendStart === order.target.backendStart &&
		locks.seen?.state === states.aborted;
	const {held = 0, advisory = 0} = locks ?? {};
	return over(state, signalled, {...outcome, ...(isStill && {locks: {held, advisory}})}, seenAt);
}

/** The connection is gone: the answer on locks will not come. */
export const withoutLocks = (state: State): State =>
	state.server.signals.reduce((before, {order}) => locksRead(before, order.number, undefined), state);
