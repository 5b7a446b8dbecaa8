import {whyNotSignalled} from '../../domain/session/rights.js';
import type {Answer} from '../../domain/signal/look.js';
import {expiresAfter, type Outcome, orderedAt, outcomeOfAnswer} from '../../domain/signal/outcome.js';
import {concluded, type Signalled, sightingOf, type Watched} from '../../domain/signal/signalled.js';
import {uptime} from '../../domain/text/format.js';
import type {Asked, Question} from '../screen/layers.js';
import {sayFirst} from '../screen/note.js';

import type {State} from '../state.js';
import {changeLayer, closeLayer, type Step, withHand} from '../step.js';
import {ask} from './question/ask.js';
import {withoutAsked} from './question/asked.js';
import {moveOn} from './question/follow.js';
import {change, signalCommand} from './send.js';
import {tell} from './sentences.js';

/** Where the answer comes sooner than this after the key, the order was not too late, whatever the server's clock says. In milliseconds. */
const inTime = 2000;

/** What the server said to a signal. */
export function answered(state: State, number: number, answer: Answer, now: number): Step {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (signalled?.phase.type !== 'asked') return [state, []];
	const outcome = outcomeFor(state, signalled, answer);
	if (!outcome) return [sent(state, signalled, answer, now), []];
	if (outcome.type === 'too late' && answer.type === 'answered') {
		const again = sentAnew(state, signalled, answer, now);
		if (again) return again;
	}

	return settled(state, signalled, outcome, now);
}

function outcomeFor(state: State, signalled: Signalled, answer: Answer): Outcome | undefined {
	const {order, aimed} = signalled;
	const {backend} = aimed;
	const outcome = outcomeOfAnswer(order, answer);
	if (outcome || answer.type !== 'answered' || answer.unsent === undefined)
		return repeated(state, signalled, outcome);
	const {rights} = state.server;
	const missing = rights && whyNotSignalled(backend, rights, order.signal);
	return {
		type: 'not sent',
		who: `${backend.pid} ${backend.user ?? backend.type ?? '?'}@${backend.database ?? '-'}`,
		statement: answer.unsent,
		...(missing !== undefined && {missing}),
	};
}

/** Marks the second cancel in a row that came too late for its query: the sentence then says what that means. */
function repeated({server}: State, {order}: Signalled, outcome: Outcome | undefined): Outcome | undefined {
	if (outcome?.type !== 'changed' || order.signal !== 'cancel') return outcome;
	const before = server.signals.findLast(
		one => one.order.target.id === order.target.id && one.order.number < order.number,
	);
	const wasMissed = before?.order.signal === 'cancel' && sightingOf(before)?.outcome.type === 'changed';
	return wasMissed ? {...outcome, isRepeated: true} : outcome;
}

function sent(state: State, {order: {number}, pressedAt}: Signalled, answer: Answer, now: number): State {
	const found = answer.type === 'answered' ? answer.seen : undefined;
	const phase: Watched = {
		type: 'watched',
		since: pressedAt,
		looks: 0,
		isUnknown: false,
		lastSeenAt: now,
		...(found && {found}),
	};
	return withoutQuestion(
		change(state, number, one => ({...one, phase})),
		number,
		now,
	);
}

/** The server's clock was set forward since the picture. The same order is sent once more, for what is left of its time. */
function sentAnew(
	state: State,
	signalled: Signalled,
	{at = 0}: Extract<Answer, {type: 'answered'}>,
	now: number,
): Step | undefined {
	const {order, pressedAt, isResent} = signalled;
	if (isResent || now - pressedAt >= inTime) return undefined;
	const expiresAt = at + expiresAfter - Math.round((now - pressedAt) * 1000);
	const again: Signalled = {...signalled, order: {...order, expiresAt}, isResent: true};
	const jump = uptime(Math.max(0, at - orderedAt(order)));
	const said = sayFirst(state, `the server's clock has jumped by ${jump}`, now);
	return [change(said, order.number, () => again), [signalCommand(state, [again], now, true)]];
}

/** The session in the question that was waiting for this answer. */
function waitingIn(
	state: State,
	number: number,
): {readonly question: Question; readonly asked: Asked} | undefined {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question') return undefined;
	const asked = layer.asked.find(({sent}) => sent === number);
	return asked && {question: layer, asked};
}

/** Takes the session of this signal out of the question, and closes that where it was the last one. What is asked about the others has to be read anew. */
function withoutQuestion(state: State, number: number, now: number): State {
	const waiting = waitingIn(state, number);
	if (!waiting) return state;
	const {drawnAt: _, ...question} = waiting.question;
	const others = withoutAsked(question, waiting.asked);
	return others ? changeLayer(state, {...others, openedAt: now}) : closeLayer(state);
}

/** The key has sent others with it. */
const isOneOfMany = ({server}: State, {pressedAt}: Signalled): boolean =>
	server.signals.filter(one => one.pressedAt === pressedAt).length > 1;

/** Nothing more is looked for, except after a signal of which nobody knows whether it was sent. */
function settled(state: State, signalled: Signalled, outcome: Outcome, now: number): Step {
	const {order, aimed} = signalled;
	const {number, target, signal} = order;
	const waiting = waitingIn(state, number);
	const isMoved = outcome.type === 'changed' && signal === 'terminate';
	const known: Outcome = isMoved && waiting ? {...outcome, isAsked: true} : outcome;
	const shown = tell(
		change(state, number, one => concluded(one, known, now)),
		number,
	);
	if (isMoved && waiting && outcome.type === 'changed')
		return moveOn(shown, waiting.question, waiting.asked, outcome.seen, now);
	const open = withoutQuestion(shown, number, now);
	if (isMoved) return [withHand(open, {secondK: {id: target.id, number}}), []];
	// Of several the outcome alone says it.
	if (outcome.type === 'held back' && !isOneOfMany(state, signalled)) {
		const others = waiting?.question.others ?? [];
		return ask(open, {type: 'ask', signal, aimed: [aimed], others}, now, true);
	}

	// Nobody knows whether the signal was sent, but what becomes of the session can be seen.
	if (outcome.type !== 'not known') return [open, []];
	const phase: Watched = {
		type: 'watched',
		since: now,
		looks: 0,
		isUnknown: true,
		lastSeenAt: now,
		sighting: {outcome, seenAt: now},
	};
	return [change(open, number, one => ({...one, phase})), []];
}

/** The answers that are still missing will not come: nobody knows whether those signals were sent. */
export function unanswered(state: State, now: number): State {
	return state.server.signals
		.filter(({phase}) => phase.type === 'asked')
		.reduce((before, {order}) => answered(before, order.number, {type: 'unknown'}, now)[0], state);
}
