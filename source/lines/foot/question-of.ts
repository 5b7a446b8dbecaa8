import {pictureOf} from '../../state/picture.js';
import {hasCome} from '../../state/signal/question/asked.js';
import type {State} from '../../state/state.js';
import type {Line} from '../line.js';
import {questionLines, questionRoom} from './question.js';
import {taggedQuestionLines} from './tagged/tagged-question.js';

/** The lines of the question that is on the screen; undefined where none is. */
export function questionOf(state: State): readonly Line[] | undefined {
	const {size, layers} = state.screen;
	const [layer] = layers;
	if (layer.type !== 'question' || !hasCome(layer)) return undefined;
	const picture = pictureOf(state);
	return layer.isTagged
		? taggedQuestionLines(layer, size.columns, size.rows, {picture, rights: state.server.rights})
		: questionLines(layer, size.columns, questionRoom(size.rows), picture);
}
