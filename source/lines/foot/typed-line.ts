import {layoutFor} from '../../domain/list/window.js';
import {cleanLines} from '../../domain/text/clean.js';
import {shorten} from '../../domain/text/shorten.js';
import {cut, widthOf} from '../../domain/text/width.js';
import {itemsShown} from '../../state/choose/items.js';
import {filterCount} from '../../state/find/filter-count.js';
import type {Chooser, FilterLine, PidLine} from '../../state/screen/layers.js';
import type {State} from '../../state/state.js';
import {fitLine, type Line} from '../line.js';

/** In UTF-16 units. */
const longestStill = 20;

/** The share of the line that a mistake may take in it. */
const forProblem = 0.6;

type Typed = FilterLine | PidLine | Chooser;

/** The line that is typed, with its cursor and at its end how much it finds; undefined where none is. */
export function typedLine(state: State, width: number): Line | undefined {
	const [layer] = state.screen.layers;
	if (!('line' in layer)) return undefined;
	const {text, at} = layer.line;
	const label = `${labelOf(layer)}: `;
	const problem = layoutFor(state.screen.size.rows).hasFooter ? undefined : layer.problem;
	// What is wrong stands in the line under it, where there is one.
	const found = problem === undefined ? foundBy(state, layer) : cut(problem, Math.floor(width * forProblem));
	const room = Math.max(1, width - widthOf(label) - (found === '' ? 0 : widthOf(found) + 2));
	const [cursor = ' ', ...after] = [...cleanLines(text.slice(at))];
	const before = lastOf(cleanLines(text.slice(0, at)), room - widthOf(cursor));
	const typed = fitLine([{text: before}, {text: cursor, styles: ['inverse']}, {text: after.join('')}], room);
	return fitLine(
		[{text: label, styles: ['bold']}, ...typed, ...(found === '' ? [] : [{text: `  ${found}`}])],
		width,
	);
}

const labelOf = (layer: Typed) =>
	layer.type !== 'chooser' ? layer.type : layer.of === 'sort' ? 'sort by' : 'columns';

function foundBy(state: State, layer: Typed): string {
	if (layer.type === 'pid') return '';
	if (layer.type === 'chooser')
		return layer.line.text === '' ? '' : `${itemsShown(layer).length} of ${layer.items.length}`;
	const {shown, of} = filterCount(state);
	const count = `${shown} of ${of}`;
	if (layer.problem === undefined) return count;
	// What is listed is of another text than what stands here.
	const {filter} = state.screen;
	return filter ? `still ${shorten(cleanLines(filter.text), longestStill)}: ${count}` : `no filter: ${count}`;
}

/** The end of a text that is too long, behind a `~`. */
function lastOf(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	// No character is narrower than a cell, but for what joins the one before it.
	const characters = [...text].slice(-2 * width);
	while (characters.length > 0 && widthOf(characters.join('')) > width - 1) characters.shift();
	return `~${characters.join('')}`;
}

/** What is wrong with what was typed. */
export const problemOf = ({screen: {layers}}: State): string | undefined =>
	'problem' in layers[0] ? layers[0].problem : undefined;
