import {isTooSmall} from '../../../domain/list/window.js';
import type {Reason} from '../../../domain/signal/verdict/reason.js';
import type {Verdict} from '../../../domain/signal/verdict/verdict.js';
import {uptime} from '../../../domain/text/format.js';
import type {Deadline} from '../../deadline.js';
import type {Question} from '../../screen/layers.js';
import {say} from '../../screen/note.js';
import type {State} from '../../state.js';
import {changeLayer, closeLayer, openLayer, type Step, withHand, withStatus} from '../../step.js';
import type {Aim} from '../aim.js';

/** A y that comes sooner after the question was drawn can't be an answer to it; in milliseconds. */
const readFor = 500;

/** The same for a question that was opened by no key. */
export const readForUnasked = 1500;

/** An unanswered question is a no; in milliseconds. */
const openFor = 30_000;

/** How long after a question closed by itself a y is no key of its own, in milliseconds. */
const deafFor = 1000;

/** What of a verdict is a reason to ask. */
export function reasonsOf({settings}: State, verdict: Verdict): readonly Reason[] {
	if (verdict.type !== 'ask') return [];
	return verdict.reasons.filter(({id}) => settings.confirm !== 'never' || id !== 'kind');
}

/** A question that can't be seen is answered with no. */
export const closeIfTooSmall = (state: State, now: number): State =>
	isTooSmall(state.screen.size)
		? closeByItself(state, 'no room for the question: nothing was sent', now)
		: state;

/** Reads the facts anew; the question is on the screen when they are there. `isUnasked`: no key has just been pressed for it. */
export function ask(
	state: State,
	{signal, backend, startedAt, others}: Extract<Aim, {type: 'ask'}>,
	now: number,
	isUnasked = false,
): Step {
	const [layer] = state.screen.layers;
	const question: Question = {
		type: 'question',
		signal,
		backend,
		...(startedAt !== undefined && {startedAt}),
		reasons: [],
		others,
		openedAt: now,
		readFor: isUnasked ? readForUnasked : readFor,
	};
	// A question that is open makes place for it.
	const opened = layer.type === 'question' ? changeLayer(state, question) : openLayer(state, question);
	const asked = withHand(opened, {
		armed: undefined,
		obeyed: {signal, id: backend.id, at: now},
	});
	return [asked, [{type: 'inspect', pid: backend.pid, isWhole: false}]];
}

/** The answer is no, whoever gave it. What was sent already is not taken back by it. */
export function close(state: State, why: string, isBad = false): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question') return state;
	const closed = withHand(closeLayer(state), {armed: undefined});
	return layer.sent === undefined ? say(withStatus(closed, {signal: undefined}), why, isBad) : closed;
}

/** Nobody closed it, so that a y may be on its way. */
export function closeByItself(state: State, why: string, now: number): State {
	const [layer] = state.screen.layers;
	return layer.type === 'question' ? withHand(close(state, why, true), {deafUntil: now + deafFor}) : state;
}

/** An open question closes by itself. */
export const openQuestion: Deadline = {
	name: 'open question',
	at: ({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && layer.sent === undefined ? layer.openedAt + openFor : undefined;
	},
	act: (state, now) => [
		closeByItself(state, `no answer for ${uptime(openFor * 1000)}: nothing was sent`, now),
		[],
	],
};
