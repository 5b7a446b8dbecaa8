import {parseFilter} from '../../domain/list/filter/parse-filter.js';
import {type EditedLine, lineWith} from '../../domain/text/typed/edited-line.js';
import {sessionWords} from '../../views/sessions/filter-words.js';
import {renewOrder} from '../list/order.js';
import {pictureOf} from '../picture.js';
import type {FilterLine} from '../screen/layers.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, openLayer, withScreen} from '../step.js';
import {slowTexts} from './filter-of.js';
import {isOfTexts, notSearched} from './filter-sentence.js';

/** Opens the line with the filter that is in force, to go on with it. */
export function openFilterLine(state: State): State {
	const {filter} = state.screen;
	const line = lineWith(filter?.text ?? '');
	return openLayer(state, {type: 'filter', line, ...(filter && {before: filter})});
}

/** Puts a filter in force, or none. What matches is shown from its first line on. */
export const withFilter = (state: State, filter: State['screen']['filter'], now: number): State =>
	renewOrder(withScreen(state, {filter, top: 0}), now);

const withProblem = (state: State, layer: FilterLine, problem: string): State =>
	changeLayer(state, {...layer, problem});

/** Every key is obeyed at once. While there is a mistake, the last good filter stays in force. */
export function filterTyped(
	state: State,
	{problem, ...layer}: FilterLine,
	line: EditedLine,
	now: number,
): State {
	const after = {...layer, line};
	// The cursor has moved.
	if (line.text === layer.line.text)
		return changeLayer(state, {...after, ...(problem !== undefined && {problem})});
	const parsed = parseFilter(line.text, sessionWords);
	if (parsed.type === 'bad') return withProblem(state, after, parsed.sentence);
	const typed = changeLayer(state, after);
	if (parsed.filter.length === 0) return withFilter(typed, undefined, now);
	const filter = {text: line.text.trim(), terms: parsed.filter};
	return slowTexts(filter, pictureOf(state)) > 0
		? withProblem(state, after, 'too slow: the regex was stopped after 20 ms')
		: withFilter(typed, filter, now);
}

/** Keeps what is in force. A mistake keeps the line open. */
export function filterEntered(state: State, {problem}: FilterLine): State {
	if (problem !== undefined) return state;
	const closed = closeLayer(state);
	if (!isOfTexts(closed) || closed.screen.hasSaidTexts) return closed;
	return say(withScreen(closed, {hasSaidTexts: true}), notSearched);
}

/** Puts back the filter of before. */
export const filterEscaped = (state: State, {before}: FilterLine, now: number): State =>
	withFilter(closeLayer(state), before, now);
