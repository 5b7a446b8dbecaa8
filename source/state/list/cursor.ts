import {indexOfRow} from '../../domain/list/row.js';
import {scrollTo} from '../../domain/list/window.js';
import type {State} from '../state.js';
import {withHand, withScreen} from '../step.js';
import {heldFor, tableLines} from './order.js';

export type Move = {readonly by: 'line' | 'page' | 'end'; readonly direction: 1 | -1};

export const isInWindow = (index: number, top: number, height: number) =>
	index >= top && index < top + height;

/** Moves the selection, and holds the order so that nothing runs away under it. */
export function move(state: State, {by, direction}: Move, now: number): State {
	const {screen} = state;
	const {rows, selected, top} = screen;
	if (rows.length === 0) return state;
	const height = tableLines(state);
	const last = rows.length - 1;
	const index = indexOfRow(rows, selected);
	const next = () => {
		if (index === -1) return (by === 'end' ? -direction : direction) > 0 ? 0 : last;
		if (by === 'end') return direction > 0 ? last : 0;
		// The window did not follow the row to its new place: the first movement goes there.
		if (!isInWindow(index, top, height)) return index;
		return Math.max(0, Math.min(last, index + direction * (by === 'page' ? height : 1)));
	};
	const to = next();
	const row = rows[to];
	return withScreen(withHand(state, {obeyed: undefined}), {
		...(row && {selected: row.value.id}),
		top: scrollTo(top, to, height, rows.length),
		heldUntil: now + heldFor,
	});
}

/** The line of the selected row when the window does not show it, counted from one. */
export function lineOutOfWindow(state: State): number | undefined {
	const {rows, selected, top} = state.screen;
	const index = indexOfRow(rows, selected);
	return index === -1 || isInWindow(index, top, tableLines(state)) ? undefined : index + 1;
}
