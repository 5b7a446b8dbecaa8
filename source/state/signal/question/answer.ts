import {keyOf} from '../../../domain/signal/target.js';
import {askedBy} from '../../../domain/signal/verdict/reason.js';
import type {Key} from '../../../terminal/decode.js';
import type {Question} from '../../screen/layers.js';
import {ignore, ignoreKey, say} from '../../screen/note.js';
import type {State} from '../../state.js';
import {withHand, withStatus} from '../../step.js';
import {whyNotAlone} from '../alone.js';
import {orderFor} from '../send.js';
import {close} from './ask.js';

/** The keys that take back a question whose facts have not come yet. */
const takesBack = new Set(['q', 'ctrl-c', 'escape']);

/** Only a lone y is yes; every other key is no. */
export function pressInQuestion(state: State, question: Question, key: Key, now: number): State {
	const {signal, facts, drawnAt, isUnrecorded, sent} = question;
	const {pid} = question.backend;
	const no = () => close(state, `${keyOf[signal]}: no, nothing was sent to ${pid}`);
	// What came of an earlier signal must not hide what becomes of this key.
	const heard = sent === undefined ? withStatus(state, {signal: undefined}) : state;
	if (key.name !== 'y') return facts || takesBack.has(key.name) ? no() : heard;
	if (sent !== undefined) return ignore(heard, 'y', ': the server has not answered yet', now);
	const why = whyNotAlone(key);
	if (why !== undefined) return ignoreKey(heard, 'y', why, now);
	if (!facts || drawnAt === undefined || now - drawnAt < question.readFor)
		return ignoreKey(heard, 'y', 'the question was not on the screen long enough', now);

	const order = orderFor(state, {
		signal,
		backend: facts.backend,
		...(facts.startedAt !== undefined && {startedAt: facts.startedAt}),
		work: question.isMoved ? 'session' : (question.work ?? 'session'),
		asked: question.reasons.flatMap(askedBy),
		now,
	});
	const aim = {
		type: 'send',
		order,
		backend: facts.backend,
		at: facts.at,
		...(isUnrecorded && {isUnrecorded}),
	} as const;
	return withHand(heard, {armed: {key: 'y', at: now, aim}});
}

/** A y that was meant for a question which has just closed by itself. */
export const isDeafTo = ({hand: {deafUntil = 0}}: State, key: string, now: number) =>
	key === 'y' && now < deafUntil;

export const sayDeaf = (state: State, now: number): State =>
	ignore(say(state, ''), 'y', ': the question has closed', now);
