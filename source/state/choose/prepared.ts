import {moveChoice} from '../../domain/choice.js';
import type {Move} from '../../domain/list/move.js';
import {pageLines} from '../../domain/list/window.js';
import type {Prepared} from '../../domain/locks/prepared.js';
import {endingsOf, preparedPage} from '../../tables/pages/choosers/prepared.js';
import type {PreparedChoice} from '../screen/layers.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {openLayer, type Step} from '../step.js';

/** Opens what ends a prepared transaction, to copy. Nothing is chosen. */
export const openPrepared = (state: State, prepared: Prepared): State =>
	openLayer(state, {type: 'prepared', prepared, top: 0});

/** The arrows go from one text to the other. */
export function preparedMoved(state: State, layer: PreparedChoice, move: Move): PreparedChoice {
	const {columns, rows} = state.screen.size;
	const {sizes, fields, lines} = preparedPage(state, columns, layer);
	const parts = {sizes, count: fields.length + lines.length, height: pageLines(rows)};
	const {chosen: _, ...others} = layer;
	return {...others, ...moveChoice(layer, move, parts)};
}

/** Copies the text that is chosen, and says which. */
export function copyEnding(state: State): Step {
	const [layer] = state.screen.layers;
	if (layer.type !== 'prepared') return [state, []];
	const endings = endingsOf(layer.prepared);
	if (endings.length === 0) return [say(state, 'there is no text to copy', true), []];
	const ending = layer.chosen === undefined ? undefined : endings[layer.chosen];
	return ending
		? [state, [{type: 'copy', text: ending.text, isCut: false, of: ending.command}]]
		: [say(state, 'none of the two is chosen: the arrows choose one', true), []];
}
