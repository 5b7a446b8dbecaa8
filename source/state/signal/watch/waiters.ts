import type {Locks} from '../../../domain/locks/lock-row.js';
import type {Signalled} from '../../../domain/signal/signalled.js';
import {freedOf} from '../../../domain/signal/waiters/freed.js';
import type {Deadline} from '../../deadline.js';
import {pictureOf} from '../../picture.js';
import type {State} from '../../state.js';
import {withServer} from '../../step.js';
import {freedTogether} from './freed-together.js';
import {judgeEach} from './judged.js';
import {readOn} from './locks.js';
import {earliest} from './looks.js';

/** The outcome is told without them when that look takes longer, in milliseconds. */
const patience = 1000;

const dueOf = ({phase}: Signalled): number =>
	phase.type === 'locks'
		? Math.min(phase.lookAt ?? Infinity, (phase.askedAt ?? Infinity) + patience)
		: Infinity;

/** One look tells of all who had waited for those that have ended. */
export const nextLookAtWaiters: Deadline = {
	name: 'next look at those who waited',
	at: ({server}) => earliest(server.signals, dueOf),
	act(state, now) {
		const given = giveUp(state, now);
		const numbers = given.server.signals.flatMap(one => (dueOf(one) <= now ? [one.order.number] : []));
		const signals = given.server.signals.map(one => {
			if (one.phase.type !== 'locks' || dueOf(one) > now) return one;
			const {lookAt: _, ...phase} = one.phase;
			return {...one, phase: {...phase, askedAt: now}};
		});
		return numbers.length === 0 ? [given, []] : [withServer(given, {signals}), [{type: 'waiting', numbers}]];
	},
};

/** Of those whose look takes too long. */
const giveUp = (state: State, now: number): State =>
	waitingRead(
		state,
		state.server.signals.flatMap(({order, phase}) =>
			phase.type === 'locks' && phase.askedAt !== undefined && phase.askedAt + patience <= now
				? [order.number]
				: [],
		),
		undefined,
	);

/** Says who went on. Leaves it out where the locks could not be read. */
export function waitingRead(state: State, numbers: readonly number[], locks: Locks | undefined): State {
	const picture = pictureOf(state);
	const awaited = new Set(numbers);
	const [told] = judgeEach(state, signalled => {
		const {phase, order, locks: aim} = signalled;
		if (!awaited.has(order.number) || phase.type !== 'locks' || phase.askedAt === undefined) return undefined;
		const {askedAt: _, ended, ...others} = phase;
		const freed = aim && picture && locks && freedOf(aim, order.target.id, picture, locks);
		const outcome = {...ended.outcome, ...(freed && {freed})};
		return readOn(signalled, {...others, ended: {...ended, outcome}});
	});
	return told === state || !picture || !locks ? told : freedTogether(told, awaited, picture, locks);
}
