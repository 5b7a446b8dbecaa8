import {isTooSmall} from '../../../domain/list/window.js';
import type {Reason} from '../../../domain/signal/verdict/reason.js';
import type {Verdict} from '../../../domain/signal/verdict/verdict.js';
import {mapSome, someOf} from '../../../domain/some.js';
import {uptime} from '../../../domain/text/format.js';
import type {Command} from '../../command.js';
import type {Deadline} from '../../deadline.js';
import type {Question} from '../../screen/layers.js';
import {say} from '../../screen/note.js';
import type {State} from '../../state.js';
import {changeLayer, closeLayer, openLayer, type Step, withHand, withStatus} from '../../step.js';
import type {Aim} from '../aim.js';
import {isGone, isSent} from './asked.js';

/** A y that comes sooner than this after the question was drawn can't be an answer. In milliseconds. */
const readFor = 500;

/** The same for a question that was opened by no key. */
export const readForUnasked = 1500;

/** A question that stays unanswered for so long is a no. In milliseconds. */
const openFor = 30_000;

/** How long after a question has closed by itself a y may still be meant for it, in milliseconds. */
const deafFor = 1000;

/** The reasons of a verdict that lead to a question, under the chosen --confirm. */
export function reasonsOf({settings}: State, verdict: Verdict): readonly Reason[] {
	if (verdict.type !== 'ask') return [];
	return verdict.reasons.filter(({id}) => settings.confirm !== 'never' || id !== 'kind');
}

/** A question that can't be seen is answered with no. */
export const closeIfTooSmall = (state: State, now: number): State =>
	isTooSmall(state.screen.size)
		? closeByItself(state, 'no room for the question: nothing was sent', now)
		: state;

/** Has the facts read anew; the question is on the screen once they have come. `isUnasked`: no key was just pressed for this question. */
export function ask(
	state: State,
	{signal, aimed, others, isTagged}: Extract<Aim, {type: 'ask'}>,
	now: number,
	isUnasked = false,
): Step {
	const [layer] = state.screen.layers;
	const question: Question = {
		type: 'question',
		signal,
		asked: mapSome(aimed, one => ({aimed: one, reasons: []})),
		others,
		openedAt: now,
		readFor: isUnasked ? readForUnasked : readFor,
		...(isTagged && {isTagged}),
	};
	// A question that is open already gives its place to the new one.
	const opened = layer.type === 'question' ? changeLayer(state, question) : openLayer(state, question);
	const asked = withHand(opened, {
		armed: undefined,
		copying: undefined,
		obeyed: {signal, ids: aimed.map(({backend}) => backend.id), at: now},
	});
	return [asked, readAnew(question)];
}

/** Has the facts of every session of a question read. Of one that has gone there are none. */
export function readAnew({asked}: Question): readonly Command[] {
	const pids = someOf(asked.flatMap(one => (isGone(one) ? [] : [one.aimed.backend.pid])));
	return pids ? [{type: 'facts', pids}] : [];
}

/** The answer is no, whoever gave it. This does not take back a signal that was sent already. */
export function close(state: State, why: string, isBad = false): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question') return state;
	const closed = withHand(closeLayer(state), {armed: undefined});
	return isSent(layer) ? closed : say(withStatus(closed, {signals: undefined}), why, isBad);
}

/** No key has closed the question, so a y for it may be on its way. */
export function closeByItself(state: State, why: string, now: number): State {
	const [layer] = state.screen.layers;
	return layer.type === 'question' ? withHand(close(state, why, true), {deafUntil: now + deafFor}) : state;
}

export const questionEnd: Deadline = {
	name: 'open question',
	at: ({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && !isSent(layer) ? layer.openedAt + openFor : undefined;
	},
	act: (state, now) => [
		closeByItself(state, `no answer for ${uptime(openFor * 1000)}: nothing was sent`, now),
		[],
	],
};
