import {indexOfRow} from '../../domain/list/row.js';
import {isTooSmall, type Size, scrollTo} from '../../domain/list/window.js';
import {passwordLineGone} from '../keys/password-line.js';
import {tableLines} from '../list/order.js';
import type {State} from '../state.js';
import {withHand, withScreen} from '../step.js';

/** The terminal has another size. */
export function resized(state: State, size: Size): State {
	const {rows, selected, top, size: before} = state.screen;
	if (size.columns === before.columns && size.rows === before.rows) return state;
	const isSmall = isTooSmall(size);
	const sized = withScreen(isSmall ? withHand(passwordLineGone(state), {armed: undefined}) : state, {size});
	const height = tableLines(sized);
	const index = indexOfRow(rows, selected);
	const wasInWindow = index >= top && index < top + tableLines(state);
	return withScreen(sized, {top: scrollTo(top, wasInWindow ? index : top, height, rows.length)});
}
