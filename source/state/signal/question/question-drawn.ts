import type {Question} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer} from '../../step.js';
import {readForUnasked} from './ask.js';

/** What has to be read anew when it is another; facts that only go on are the same. */
export const saidBy = ({openedAt, reasons, isMoved, isOld}: Question): string =>
	[openedAt, isMoved, isOld, ...reasons.map(({text}) => text)].join(' ');

/** A frame with a question has reached the terminal: it may be of what that said before. */
export function questionDrawn(state: State, says: string | undefined, now: number): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question' || says !== saidBy(layer)) return state;
	return layer.facts && !layer.isOld && layer.drawnAt === undefined
		? changeLayer(state, {...layer, drawnAt: now})
		: state;
}

/** The terminal was another one's: it has to be read anew, and looked at again before. */
export function questionOnReturn(state: State): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question' || !layer.facts) return state;
	const {drawnAt: _, ...question} = layer;
	return changeLayer(state, {...question, isOld: true, askedAt: -Infinity, readFor: readForUnasked});
}
