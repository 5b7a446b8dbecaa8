import {type Move, moved} from '../../domain/list/move.js';
import {indexOfRow} from '../../domain/list/row.js';
import {isInWindow, scrollTo} from '../../domain/list/window.js';
import type {State} from '../state.js';
import {withHand, withScreen} from '../step.js';
import {heldFor, tableLines} from './order.js';

/** How long it takes to see that the last tag has fallen away, in milliseconds. */
const knownAfter = 700;

/** Moves the selection, and holds the order so that nothing runs away under it. */
export function move(state: State, how: Move, now: number): State {
	const {screen} = state;
	const {rows} = screen;
	if (rows.length === 0) return state;
	const {selected, top} = moved(rows, {...screen, height: tableLines(state)}, how);
	const {untaggedAt} = state.hand;
	// A hand that was on its way did not know yet that nothing is tagged any more.
	const knew = untaggedAt === undefined || now - untaggedAt >= knownAfter;
	return withScreen(withHand(state, {obeyed: undefined, ...(knew && {untaggedAt: undefined})}), {
		selected,
		top,
		heldUntil: now + heldFor,
	});
}

/** The line of the selected row when the window does not show it, counted from one. */
export function lineOutOfWindow(state: State): number | undefined {
	const {rows, selected, top} = state.screen;
	const index = indexOfRow(rows, selected);
	return index === -1 || isInWindow(index, top, tableLines(state)) ? undefined : index + 1;
}

/** Where the window has another height, its first line stays, unless a selected row that was in it must stay in it. */
export function keepWindow(before: State, after: State): State {
	const {rows, selected, top} = before.screen;
	const height = tableLines(after);
	const index = indexOfRow(rows, selected);
	const wasInWindow = isInWindow(index, top, tableLines(before));
	return withScreen(after, {top: scrollTo(top, wasInWindow ? index : top, height, rows.length)});
}
