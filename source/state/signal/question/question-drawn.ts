import {mapSome} from '../../../domain/some.js';
import type {Question} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer} from '../../step.js';
import {readForUnasked} from './ask.js';
import {hasCome, isOld} from './asked.js';
import {kindsIn} from './tagged/kinds-in.js';

/** Stands for what a question says: when it changes, a person has to read anew. Facts that only go on do not change it. */
export const saidBy = (question: Question): string => {
	const {openedAt, asked, isTagged} = question;
	const said = isTagged
		? [isOld(question), ...kindsIn(question)]
		: asked.flatMap(one => [one.isMoved, one.isOld, ...one.reasons.map(({text}) => text)]);
	return [openedAt, ...said].join(' ');
};

/** A frame with a question has reached the terminal. `says` may be what the question said before a change. */
export function questionDrawn(state: State, says: string | undefined, now: number): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question' || says !== saidBy(layer)) return state;
	return hasCome(layer) && !isOld(layer) && layer.drawnAt === undefined
		? changeLayer(state, {...layer, drawnAt: now})
		: state;
}

/** The terminal was another program's: the question must be read anew, and before that the session looked at again. */
export function questionOnReturn(state: State): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question' || !hasCome(layer)) return state;
	const {drawnAt: _, ...question} = layer;
	const asked = mapSome(layer.asked, one => ({...one, isOld: true as const, askedAt: -Infinity}));
	return changeLayer(state, {...question, asked, readFor: readForUnasked});
}
