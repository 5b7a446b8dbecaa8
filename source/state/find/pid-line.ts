import {type EditedLine, lineWith} from '../../domain/text/typed/edited-line.js';
import {selectSession} from '../list/jump.js';
import {pictureOf} from '../picture.js';
import type {PidLine} from '../screen/layers.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, openLayer, withScreen} from '../step.js';

export function openPidLine(state: State): State {
	const {selected} = state.screen;
	return openLayer(state, {
		type: 'pid',
		line: lineWith(''),
		...(selected !== undefined && {before: selected}),
	});
}

const whoIn = (state: State) => pictureOf(state)?.backends ?? [];

/** Whether a number is a pid is known once all its digits are there. */
function whyNone(state: State, text: string): string | undefined {
	if (!/^\d*$/.test(text)) return 'a pid is a number';
	return whoIn(state).some(({pid}) => String(pid).startsWith(text))
		? undefined
		: `no session has a pid that begins with ${text}`;
}

/** Selects the session as soon as its pid is there; until then what was selected before stays so. */
export function pidTyped(
	state: State,
	{problem: _, ...layer}: PidLine,
	line: EditedLine,
	now: number,
): State {
	const text = line.text.trim();
	const problem = whyNone(state, text);
	const typed = changeLayer(state, {...layer, line, ...(problem !== undefined && {problem})});
	const id = whoIn(state).find(({pid}) => String(pid) === text)?.id ?? layer.before;
	if (id === typed.screen.selected) return typed;
	return id === undefined ? withScreen(typed, {selected: undefined}) : selectSession(typed, id, now);
}

export function pidEntered(state: State, layer: PidLine): State {
	const text = layer.line.text.trim();
	if (text === '') return closeLayer(state);
	return whoIn(state).some(({pid}) => String(pid) === text)
		? closeLayer(state)
		: changeLayer(state, {...layer, problem: layer.problem ?? `no session has the pid ${text}`});
}

/** Puts back what was selected. */
export function pidEscaped(state: State, {before}: PidLine, now: number): State {
	const closed = closeLayer(state);
	if (before === closed.screen.selected) return closed;
	return before === undefined
		? withScreen(closed, {selected: undefined, heldUntil: now})
		: selectSession(closed, before, now);
}
