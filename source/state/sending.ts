import type {Backend} from '../domain/backend.js';
import type {Answer} from '../domain/signal/look.js';
import {deadlineAfter, type Outcome, outcomeOfAnswer} from '../domain/signal/outcome.js';
import {recordOf} from '../domain/signal/record.js';
import {type Order, type Signal, targetOf} from '../domain/signal/target.js';
import {isAborted} from '../domain/time.js';
import {isOverdue} from './interval.js';
import type {Aim, Signalled, State} from './state.js';
import {type Step, withScreen, withServer} from './step.js';
import {uncovered} from './uncovered.js';

/** How long a second k ends the session whatever transaction it is in, in milliseconds. */
const againFor = 5000;

/** What a key at `now` orders: for the session as it was looked at, and only within the deadline. `isOld`: it may have begun a transaction since. */
export function orderFor(state: State, signal: Signal, backend: Backend, now: number, isOld: boolean): Order {
	const {server, screen} = state;
	const {again} = screen;
	const isAgain = signal === 'terminate' && again?.id === backend.id && now <= again.until;
	const serverNow = (server.snapshot?.at ?? 0) + Math.round((now - server.receivedAt) * 1000);
	return {
		number: server.nextNumber,
		signal,
		target: targetOf(backend),
		deadline: serverNow + deadlineAfter,
		transaction: isAgain ? 'any' : transactionOf(backend, isOld),
	};
}

/** A process that is no client session is not ended because of its transaction: VACUUM has many. */
function transactionOf(backend: Backend, isOld: boolean): Order['transaction'] {
	if (backend.kind !== 'client') return 'any';
	if (backend.xactStart !== undefined) return 'same';
	if (isAborted(backend)) return 'aborted';
	return isOld ? 'none' : 'any';
}

/** `pressedAt` is the key that sends. */
export function send(state: State, aim: Extract<Aim, {type: 'send'}>, pressedAt: number, now: number): Step {
	const {order, backend, at, isUnrecorded} = aim;
	const {server, screen, settings} = state;
	const {layer} = screen;
	const signalled = {
		order,
		backend,
		at,
		pressedAt,
		watchedFrom: pressedAt,
		isSent: false,
		...(isUnrecorded && {isUnrecorded}),
	};
	const sent = withServer(state, {
		signals: [...server.signals, signalled],
		nextNumber: order.number + 1,
	});
	const facts = {
		signal: order.signal,
		server: settings.target,
		role: server.snapshot?.server.user ?? '',
		...recordOf(backend, at),
	};
	return [
		withScreen(sent, {
			layer: layer.type === 'question' ? uncovered(layer) : layer,
			said: undefined,
			again: undefined,
			dead: {signal: order.signal, id: order.target.id, at: pressedAt},
			toldOf: order.number,
		}),
		[{type: 'signal', order, facts, isOverdue: isOverdue(state, now), isUnrecorded: isUnrecorded ?? false}],
	];
}

/** Replaces one signal of this run. */
export const change = (state: State, number: number, changed: (signalled: Signalled) => Signalled): State =>
	withServer(state, {
		signals: state.server.signals.map(one => (one.order.number === number ? changed(one) : one)),
	});

/** The signal has come to an end, as far as is known. */
export const conclude = ({looks: _, ...signalled}: Signalled, outcome: Outcome, now: number): Signalled => ({
	...signalled,
	outcome,
	seenAt: now,
});

export function answered(state: State, number: number, answer: Answer, now: number): State {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (!signalled || signalled.isSent || signalled.outcome) return state;
	const outcome = repeated(state, signalled, outcomeOfAnswer(signalled.order, answer));
	if (!outcome) return change(state, number, one => ({...one, isSent: true, looks: 0}));
	const told = withScreen(
		change(state, number, one => conclude(one, outcome, now)),
		{toldOf: number},
	);
	// Whether it was sent nobody knows, but what becomes of the session can be seen.
	if (outcome.type === 'not known') {
		return change(told, number, one => ({...one, isUnknown: true, looks: 0, watchedFrom: now}));
	}

	const {id} = signalled.order.target;
	const isOtherTransaction = outcome.type === 'changed' && outcome.what.startsWith('transaction');
	return isOtherTransaction ? withScreen(told, {again: {id, until: now + againFor}}) : told;
}

/** A cancel that came too late twice in a row is told as what it means. */
function repeated({server}: State, {order}: Signalled, outcome: Outcome | undefined): Outcome | undefined {
	if (outcome?.type !== 'changed' || order.signal !== 'cancel') return outcome;
	const before = server.signals.findLast(
		one => one.order.target.id === order.target.id && one.order.number < order.number,
	);
	const wasMissed = before?.order.signal === 'cancel' && before.outcome?.type === 'changed';
	return wasMissed ? {...outcome, isRepeated: true} : outcome;
}

/** Of every signal without an answer nobody knows whether it was sent. */
export function unanswered(state: State, now: number): State {
	return state.server.signals
		.filter(({isSent, outcome}) => !isSent && !outcome)
		.reduce((before, {order}) => answered(before, order.number, {type: 'unknown'}, now), state);
}

export const notSent = (state: State, number: number, statement: string, now: number): State =>
	withScreen(
		change(state, number, one => conclude(one, {type: 'not sent', statement}, now)),
		{toldOf: number},
	);

/** The signals whose orders have this number are forgotten: nothing was sent. */
export const forget = (state: State, number: number): State =>
	withServer(state, {signals: state.server.signals.filter(({order}) => order.number !== number)});
