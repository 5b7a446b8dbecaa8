import {states} from '../../../domain/session/states.js';
import {isOfAnotherStart, type LocksHeld} from '../../../domain/signal/look.js';
import type {ReadingLocks, Signalled} from '../../../domain/signal/signalled.js';
import type {State} from '../../state.js';
import {type Judged, judgeEach, over} from './judged.js';

/** Goes on with what was read. When there is nothing more to read, the outcome is told. */
export function readOn(signalled: Signalled, phase: ReadingLocks): Judged {
	const {ended, isHeldAwaited, lookAt, askedAt} = phase;
	return isHeldAwaited || lookAt !== undefined || askedAt !== undefined
		? {signalled: {...signalled, phase}}
		: over(signalled, ended.outcome, ended.seenAt);
}

/** Says which locks an aborted transaction still holds. Leaves them out where the session has gone on, or they could not be read. */
export const locksRead = (state: State, number: number, locks: LocksHeld | undefined): State =>
	judgeEach(state, signalled => {
		const {order, phase} = signalled;
		if (order.number !== number || phase.type !== 'locks' || !phase.isHeldAwaited) return undefined;
		const {isHeldAwaited: _, ended, ...others} = phase;
		const isStill =
			locks !== undefined &&
			!locks.isOwn &&
			!isOfAnotherStart(order, locks) &&
			locks.seen?.backendStart === order.target.backendStart &&
			locks.seen?.state === states.aborted;
		const {held = 0, advisory = 0} = locks ?? {};
		const outcome = {...ended.outcome, ...(isStill && {locks: {held, advisory}})};
		return readOn(signalled, {...others, ended: {...ended, outcome}});
	})[0];

/** The connection is gone: the answers on locks will not come. */
export const withoutLocks = (state: State): State =>
	judgeEach(state, signalled => {
		const {phase} = signalled;
		return phase.type === 'locks' ? over(signalled, phase.ended.outcome, phase.ended.seenAt) : undefined;
	})[0];
