import type {Locks} from '../../domain/locks/lock-row.js';
import {withLocks} from '../../domain/locks/words/graph-with.js';
import type {Aimed, Ordered} from '../../domain/signal/aimed.js';
import {expiresAfter} from '../../domain/signal/outcome.js';
import {lockRecord, recordOf} from '../../domain/signal/record.js';
import type {Signalled} from '../../domain/signal/signalled.js';
import {type Signal, targetOf, type Work} from '../../domain/signal/target.js';
import type {GuardedReason} from '../../domain/signal/verdict/reason.js';
import {lockAims} from '../../domain/signal/waiters/lock-aim.js';
import {mapSome, type Some, someOf} from '../../domain/some.js';
import type {Command} from '../command.js';
import {pictureOf} from '../picture.js';
import type {Asked} from '../screen/layers.js';
import {isOverdue} from '../server/interval.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, type Step, withHand, withServer, withStatus} from '../step.js';
import type {Aim} from './aim.js';

type Wanted = {
	readonly aimed: Aimed;
	readonly work: Work;
	/** The reasons that a question has named. */
	readonly asked: readonly GuardedReason[];
	/** Those that were read for the question; absent, those of the picture count. */
	readonly locks?: Locks | undefined;
};

/** What a key at `now` orders: a signal to each session as it was looked at, sent only before it expires. */
export function orderAll(state: State, signal: Signal, wanted: Some<Wanted>, now: number): Some<Ordered> {
	const {server} = state;
	const picture = pictureOf(state);
	const serverNow = (picture?.at ?? 0) + Math.round((now - server.receivedAt) * 1000);
	const aims = new Map<Locks | undefined, ReturnType<typeof lockAims>>();
	const aimsBy = (locks: Locks | undefined) => {
		const known = aims.get(locks) ?? lockAims(picture && locks ? withLocks(picture, locks) : picture);
		aims.set(locks, known);
		return known;
	};
	return mapSome(wanted, ({aimed, work, asked, locks}, index) => {
		const {backend, startedAt} = aimed;
		const order = {
			number: server.nextNumber + index,
			signal,
			target: targetOf(backend),
			...(startedAt !== undefined && {startedAt}),
			expiresAt: serverNow + expiresAfter,
			work,
			asked,
		};
		const aim = aimsBy(locks)(backend.id);
		return {order, aimed, ...(aim && {locks: aim})};
	});
}

/** `pressedAt`: when the key that sends was pressed. */
export function send(state: State, aim: Extract<Aim, {type: 'send'}>, pressedAt: number, now: number): Step {
	const {ordered, isUnrecorded, isTagged} = aim;
	const [{order}] = ordered;
	const signalled = mapSome(
		ordered,
		(one): Signalled => ({
			...one,
			pressedAt,
			...(isUnrecorded && {isUnrecorded}),
			...(isTagged && {isTagged}),
			phase: {type: 'asked'},
		}),
	);
	const sent = withServer(state, {
		signals: [...state.server.signals, ...signalled],
		nextNumber: order.number + signalled.length,
	});
	const ids = ordered.map(one => one.order.target.id);
	return [
		withStatus(
			withHand(withQuestionSent(sent, ordered), {
				secondK: undefined,
				obeyed: {signal: order.signal, ids, at: pressedAt},
			}),
			{note: undefined, signals: mapSome(ordered, one => one.order.number)},
		),
		[signalCommand(state, signalled, now)],
	];
}

/** The guard may hold a signal back because the session has moved on: for that case the session stays in the question. */
function withQuestionSent(state: State, ordered: Some<Ordered>): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question') return state;
	const staying = layer.asked.flatMap((asked): readonly Asked[] => {
		const {order} = ordered.find(one => one.order.target.id === asked.aimed.backend.id) ?? {};
		const stays = order?.signal === 'terminate' && order.work !== 'session';
		return stays ? [{...asked, sent: order.number}] : [];
	});
	const asked = someOf(staying);
	return asked ? changeLayer(state, {...layer, asked}) : closeLayer(state);
}

/** The command that has signals sent. `isRepeated`: for the second time. */
export function signalCommand(
	state: State,
	signalled: Some<Signalled>,
	now: number,
	isRepeated = false,
): Command {
	const [{isUnrecorded = false}] = signalled;
	return {
		type: 'signal',
		orders: mapSome(signalled, ({order, aimed: {backend, at}, locks}) => ({
			order,
			facts: {
				signal: order.signal,
				server: state.settings.target,
				role: pictureOf(state)?.server.user ?? '',
				...recordOf(backend, at),
				...lockRecord(locks),
			},
		})),
		isOverdue: isOverdue(state, now),
		isUnrecorded,
		isRepeated,
	};
}

/** Replaces one signal of this run. */
export function change(state: State, number: number, changed: (signalled: Signalled) => Signalled): State {
	const {signals} = state.server;
	const index = signals.findIndex(({order}) => order.number === number);
	const signalled = signals[index];
	return signalled ? withServer(state, {signals: signals.with(index, changed(signalled))}) : state;
}

/** Forgets the signals with these numbers, because nothing was sent. */
export const forget = (state: State, numbers: readonly number[]): State =>
	withServer(state, {signals: state.server.signals.filter(({order}) => !numbers.includes(order.number))});
