import {edited} from '../../domain/text/typed/edited-line.js';
import {bindingFor} from '../../tables/keymap.js';
import type {Key} from '../../terminal/decode.js';
import {chooserMoved, chooserPressed, chooserTyped} from '../choose/chooser.js';
import {chooserEntered} from '../choose/take.js';
import {filterEntered, filterEscaped, filterTyped} from '../find/filter-line.js';
import {pidEntered, pidEscaped, pidTyped} from '../find/pid-line.js';
import {move} from '../list/cursor.js';
import type {Chooser, FilterLine, Layer, PidLine} from '../screen/layers.js';
import {leave} from '../screen/quit.js';
import type {State} from '../state.js';
import {closeLayer, type Step} from '../step.js';
import {behindLine} from './behind-line.js';

type TypedLayer = FilterLine | PidLine | Chooser;

export const isTyped = (layer: Layer): layer is TypedLayer =>
	layer.type === 'filter' || layer.type === 'pid' || layer.type === 'chooser';

/** Where text is typed: every key that writes something is text. */
export function pressInLine(state: State, layer: TypedLayer, key: Key, now: number): Step {
	// Nothing has Alt here: it is Esc, and another key within the time that a sequence may take.
	switch (key.name.startsWith('alt-') ? 'escape' : key.name) {
		case 'ctrl-c':
			return leave(state, now);
		case 'ctrl-l':
			return [state, [{type: 'redraw'}]];
		case 'ctrl-z':
			return [state, [{type: 'suspend'}]];
		case 'enter':
		case 'ctrl-j':
			return [behindLine(entered(state, layer, now), now), []];
		case 'escape':
			return [behindLine(escaped(state, layer, now), now), []];
	}

	const pressed =
		movedBy(state, layer, key, now) ??
		(layer.type === 'chooser' ? chooserPressed(state, layer, key) : undefined);
	if (pressed) return [pressed, []];
	const line = edited(layer.line, key);
	return [line === layer.line ? state : typed(state, layer, line, now), []];
}

/** The arrows move through the list. */
function movedBy(state: State, layer: TypedLayer, {name}: Key, now: number): State | undefined {
	const does = bindingFor(name, 'table')?.does;
	if (does?.type !== 'move') return undefined;
	// Home and End belong to the line, as long as there is one.
	if (does.by === 'end' && (layer.type !== 'chooser' || layer.line.text !== '')) return undefined;
	return layer.type === 'chooser' ? chooserMoved(state, layer, does) : move(state, does, now);
}

function typed(state: State, layer: TypedLayer, line: TypedLayer['line'], now: number): State {
	switch (layer.type) {
		case 'filter':
			return filterTyped(state, layer, line, now);
		case 'pid':
			return pidTyped(state, layer, line, now);
		case 'chooser':
			return chooserTyped(state, layer, line);
	}
}

function entered(state: State, layer: TypedLayer, now: number): State {
	switch (layer.type) {
		case 'filter':
			return filterEntered(state, layer);
		case 'pid':
			return pidEntered(state, layer);
		case 'chooser':
			return chooserEntered(state, layer, now);
	}
}

function escaped(state: State, layer: TypedLayer, now: number): State {
	switch (layer.type) {
		case 'filter':
			return filterEscaped(state, layer, now);
		case 'pid':
			return pidEscaped(state, layer, now);
		case 'chooser':
			return closeLayer(state);
	}
}
