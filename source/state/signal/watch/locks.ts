import {states} from '../../../domain/session/states.js';
import {isOfAnotherStart, type LocksHeld} from '../../../domain/signal/look.js';
import type {ReadingLocks, Signalled} from '../../../domain/signal/signalled.js';
import type {State} from '../../state.js';
import {change} from '../send.js';
import {over} from './watch.js';

/** Goes on with what was read. When there is nothing more to read, the outcome is told. */
export function readOn(state: State, signalled: Signalled, phase: ReadingLocks): State {
	const {ended, isHeldAwaited, lookAt, askedAt} = phase;
	return isHeldAwaited || lookAt !== undefined || askedAt !== undefined
		? change(state, signalled.order.number, one => ({...one, phase}))
		: over(state, signalled, ended.outcome, ended.seenAt);
}

/** Says which locks an aborted transaction still holds. Leaves them out where the session has gone on, or they could not be read. */
export function locksRead(state: State, number: number, locks: LocksHeld | undefined): State {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (signalled?.phase.type !== 'locks' || !signalled.phase.isHeldAwaited) return state;
	const {order, phase} = signalled;
	const {isHeldAwaited: _, ended, ...others} = phase;
	const isStill =
		locks !== undefined &&
		!locks.isOwn &&
		!isOfAnotherStart(order, locks) &&
		locks.seen?.backendStart === order.target.backendStart &&
		locks.seen?.state === states.aborted;
	const {held = 0, advisory = 0} = locks ?? {};
	const outcome = {...ended.outcome, ...(isStill && {locks: {held, advisory}})};
	return readOn(state, signalled, {...others, ended: {...ended, outcome}});
}

/** The connection is gone: the answers on locks will not come. */
export const withoutLocks = (state: State): State =>
	state.server.signals.reduce((before, signalled) => {
		const {phase} = signalled;
		return phase.type === 'locks' ? over(before, signalled, phase.ended.outcome, phase.ended.seenAt) : before;
	}, state);
