import type {Asked, Question} from '../../screen/layers.js';
import {ignoreKey, sayFirst} from '../../screen/note.js';
import type {State} from '../../state.js';
import {changeLayer, withHand} from '../../step.js';
import {closeByItself} from './ask.js';
import {withoutAsked} from './asked.js';
import {ontoScreen} from './onto-screen.js';

/** A session that is not asked about any more. The question goes on about the others, and where there are none it closes. */
export function leaveOut(state: State, question: Question, asked: Asked, why: string, now: number): State {
	const others = withoutAsked(question, asked);
	if (!others) return closeByItself(state, why, now);
	const {armed} = state.hand;
	// A y that waits is for this session, too.
	const told = armed
		? ignoreKey(withHand(state, {armed: undefined}), armed.key, why, now)
		: sayFirst(state, why, now);
	// The question says something else: the time to read begins anew.
	const {drawnAt: _, ...unread} = others;
	return ontoScreen(told, question, unread, now);
}

/** The question says something new: the time to read begins anew. */
export function sayAnew(state: State, {drawnAt: _, ...unread}: Question, now: number): State {
	const {armed} = state.hand;
	const heard = armed ? ignoreKey(state, armed.key, 'the question has just changed', now) : state;
	return changeLayer(withHand(heard, {armed: undefined}), unread);
}
