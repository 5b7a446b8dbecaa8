import type {Backend, Micros} from '../../domain/session/backend.js';
import {deadlineAfter, type Outcome} from '../../domain/signal/outcome.js';
import {recordOf} from '../../domain/signal/record.js';
import type {Signalled} from '../../domain/signal/signalled.js';
import {type Order, type Signal, targetOf, type Work} from '../../domain/signal/target.js';
import type {GuardedReason} from '../../domain/signal/verdict/reason.js';
import type {Command} from '../command.js';
import {pictureOf} from '../picture.js';
import {isOverdue} from '../server/interval.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, type Step, withHand, withServer, withStatus} from '../step.js';
import type {Aim} from './aim.js';

type Ordered = {
	readonly signal: Signal;
	/** As it was looked at. */
	readonly backend: Backend;
	/** When the postmaster of the server in that picture had started. */
	readonly startedAt?: Micros;
	readonly work: Work;
	/** The reasons that a question has named. */
	readonly asked: readonly GuardedReason[];
	readonly now: number;
};

/** What a key at `now` orders: a signal to the session as it was looked at, sent only within the deadline. */
export function orderFor(state: State, {signal, backend, startedAt, work, asked, now}: Ordered): Order {
	const {server} = state;
	const serverNow = (pictureOf(state)?.at ?? 0) + Math.round((now - server.receivedAt) * 1000);
	return {
		number: server.nextNumber,
		signal,
		target: targetOf(backend),
		...(startedAt !== undefined && {startedAt}),
		deadline: serverNow + deadlineAfter,
		work,
		asked,
	};
}

/** `pressedAt`: when the key that sends was pressed. */
export function send(state: State, aim: Extract<Aim, {type: 'send'}>, pressedAt: number, now: number): Step {
	const {order, backend, at, isUnrecorded} = aim;
	const {server, screen} = state;
	const [layer] = screen.layers;
	const signalled: Signalled = {
		order,
		aimed: {backend, at},
		pressedAt,
		...(isUnrecorded && {isUnrecorded}),
		phase: {type: 'asked'},
	};
	const sent = withServer(state, {
		signals: [...server.signals, signalled],
		nextNumber: order.number + 1,
	});
	// The guard may hold the signal back because the session has moved on: for that case the question stays.
	const stays = layer.type === 'question' && order.signal === 'terminate' && order.work !== 'session';
	const asked =
		layer.type !== 'question'
			? sent
			: stays
				? changeLayer(sent, {...layer, sent: order.number})
				: closeLayer(sent);
	return [
		withStatus(
			withHand(asked, {
				secondK: undefined,
				obeyed: {signal: order.signal, id: order.target.id, at: pressedAt},
			}),
			{note: undefined, signal: order.number},
		),
		[signalCommand(state, signalled, now)],
	];
}

/** The command that has a signal sent. `isRepeated`: for the second time. */
export function signalCommand(
	state: State,
	{order, aimed: {backend, at}, isUnrecorded}: Signalled,
	now: number,
	isRepeated = false,
): Command {
	const facts = {
		signal: order.signal,
		server: state.settings.target,
		role: pictureOf(state)?.server.user ?? '',
		...recordOf(backend, at),
	};
	return {
		type: 'signal',
		order,
		facts,
		isOverdue: isOverdue(state, now),
		isUnrecorded: isUnrecorded ?? false,
		isRepeated,
	};
}

/** Replaces one signal of this run. */
export const change = (state: State, number: number, changed: (signalled: Signalled) => Signalled): State =>
	withServer(state, {
		signals: state.server.signals.map(one => (one.order.number === number ? changed(one) : one)),
	});

/** Nothing more is looked for: this outcome was seen. */
export const conclude = (state: State, number: number, outcome: Outcome, seenAt: number): State =>
	change(state, number, one => ({...one, phase: {type: 'over', sighting: {outcome, seenAt}}}));

/** Forgets the signal with this number, because nothing was sent. */
export const forget = (state: State, number: number): State =>
	withServer(state, {signals: state.server.signals.filter(({order}) => order.number !== number)});
