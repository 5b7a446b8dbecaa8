import {indexOfRow, type RowId} from '../../domain/list/row.js';
import {scrollTo} from '../../domain/list/window.js';
import type {State} from '../state.js';
import {withHand, withScreen} from '../step.js';
import {heldFor, tableLines} from './order.js';

/** Selects a listed session that a key has gone to from elsewhere; the window goes along. Only what is drawn from now on counts as looked at: however long the row has stood in its line, nobody has looked there. */
export function jumpTo(state: State, id: RowId, now: number): State {
	const {rows, top} = state.screen;
	return withScreen(withHand(state, {obeyed: undefined}), {
		selected: id,
		top: scrollTo(top, indexOfRow(rows, id), tableLines(state), rows.length),
		heldUntil: now + heldFor,
		drawn: undefined,
	});
}
