import type {Backend} from '../domain/backend.js';
import type {Inspected} from '../domain/inspection.js';
import {isTooSmall} from '../domain/list/window.js';
import {keyOf} from '../domain/signal/target.js';
import {type Verdict, verdictOn} from '../domain/signal/verdict.js';
import {isAborted} from '../domain/time.js';
import type {Key} from '../terminal/decode.js';
import {ignore, whyNotAlone} from './alone.js';
import {orderFor} from './sending.js';
import type {Aim, Question, State} from './state.js';
import {type Step, say, withScreen} from './step.js';
import {uncovered} from './uncovered.js';

/** A y that comes sooner after the question was drawn can't be an answer to it; in milliseconds. */
const readFor = 300;

/** An unanswered question is a no; in milliseconds. */
const openFor = 30_000;

/** What of a verdict is a reason to ask. */
export function whyAsked({settings}: State, verdict: Verdict): readonly string[] {
	if (verdict.type !== 'ask' || (settings.confirm === 'never' && !verdict.isOrdinary)) return [];
	return [verdict.why];
}

/** A question that can't be seen is answered with no. */
export const closeIfTooSmall = (state: State): State =>
	isTooSmall(state.screen.size) ? close(state, 'no room for the question: nothing was sent', true) : state;

/** Reads the facts anew; the question is on the screen when they are there. */
export function ask(state: State, {signal, backend, others}: Extract<Aim, {type: 'ask'}>, now: number): Step {
	const {layer} = state.screen;
	const question: Question = {
		type: 'question',
		signal,
		backend,
		reasons: [],
		others,
		over: layer.type === 'question' ? layer.over : layer,
		openedAt: now,
	};
	const asked = withScreen(state, {
		layer: question,
		armed: undefined,
		dead: {signal, id: backend.id, at: now},
	});
	return [asked, [{type: 'inspect', pid: backend.pid, isWhole: false}]];
}

export function close(state: State, why: string, isBad = false): State {
	const {layer} = state.screen;
	return layer.type === 'question'
		? say(withScreen(state, {layer: uncovered(layer), armed: undefined, toldOf: undefined}), why, isBad)
		: state;
}

/** The facts have come: of the same session, or there is nothing left to ask. */
export function openQuestion(
	state: State,
	question: Question,
	{inspection, pid}: Inspected,
	now: number,
): State {
	if (question.facts) return state;
	if (inspection?.backend.id !== question.backend.id) return close(state, `${pid} had ended already`, true);
	const {signal, others} = question;
	const verdict = verdictOn(signal, inspection.backend, state.server.snapshot?.ownPid ?? 0, inspection.at);
	if (verdict.type === 'refuse') return close(state, verdict.why, true);
	const reasons = [...whyAsked(state, verdict), ...others];
	if (reasons.length === 0 && state.settings.confirm !== 'always')
		return close(state, `${pid} does something else by now: nothing was sent, press it again`, true);
	return withScreen(state, {layer: {...question, reasons, facts: inspection, openedAt: now}});
}

export const questionFailed = (state: State, why: string): State => close(state, `not done: ${why}`, true);

/** A frame with the question has reached the terminal. */
export function questionDrawn(state: State, now: number): State {
	const {layer} = state.screen;
	return layer.type === 'question' && layer.facts && layer.drawnAt === undefined
		? withScreen(state, {layer: {...layer, drawnAt: now}})
		: state;
}

/** Only a lone y is yes; every other key is no. */
export function pressInQuestion(state: State, question: Question, key: Key, now: number): State {
	const no = () => close(state, `${keyOf[question.signal]}: no, nothing was sent to ${question.backend.pid}`);
	if (key.name !== 'y') return no();
	const why = whyNotAlone(key);
	// What came of an earlier signal must not hide what becomes of this key.
	const heard = withScreen(state, {toldOf: undefined});
	if (why !== undefined) return ignore(heard, 'y', why);

	const {facts, signal, drawnAt, isUnrecorded} = question;
	if (!facts || drawnAt === undefined || now - drawnAt < readFor) {
		return ignore(heard, 'y', 'the question was not on the screen long enough');
	}

	const {backend, at} = facts;
	const order = orderFor(state, signal, backend, now, true);
	const aim = {type: 'send', order, backend, at, ...(isUnrecorded && {isUnrecorded})} as const;
	return withScreen(state, {armed: {key: 'y', at: now, aim}});
}

/** When an open question closes by itself. */
export function questionUntil({screen: {layer}}: State): number | undefined {
	return layer.type === 'question' ? layer.openedAt + openFor : undefined;
}

export const closeIfLate = (state: State, now: number): Step => [
	now >= (questionUntil(state) ?? Infinity) ? close(state, 'no answer for 30s: nothing was sent') : state,
	[],
];

/** A question about a transaction that is over, or about a session that is gone, is answered by that. */
export function closeIfOver(state: State): State {
	const {layer} = state.screen;
	if (layer.type !== 'question' || !layer.facts) return state;
	const {backend} = layer.facts;
	const now = state.server.snapshot?.backends.find(({id}) => id === backend.id);
	if (!now) return close(state, `${backend.pid} has ended: nothing was sent`, true);
	const why = whatIsOver(backend, now);
	return why === undefined ? state : close(state, `${backend.pid} ${why}: nothing was sent`, true);
}

function whatIsOver(asked: Backend, now: Backend): string | undefined {
	if (asked.kind !== 'client' || !asked.isVisible) return undefined;
	const isOther =
		asked.xactStart === undefined ? isAborted(asked) && !isAborted(now) : now.xactStart !== asked.xactStart;
	if (isOther) return 'has ended that transaction';
	const hasBegun = asked.xactStart === undefined && !isAborted(asked) && now.xactStart !== undefined;
	return hasBegun ? 'has begun a transaction' : undefined;
}
