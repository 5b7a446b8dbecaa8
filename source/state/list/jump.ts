import {indexOfRow, rowWith} from '../../domain/list/row.js';
import {scrollTo} from '../../domain/list/window.js';
import type {RowId} from '../../domain/row-id.js';
import type {State} from '../state.js';
import {withHand, withScreen} from '../step.js';
import {heldFor, renewOrder, tableLines} from './order.js';

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

/** The same for any session of the picture. One that toggles or filter hide, or that is too new for a held order, is listed because it is selected. Where it has ended meanwhile, nothing is selected. */
export function selectSession(state: State, id: RowId, now: number): State {
	const selecting = withScreen(state, {selected: id});
	const listed = rowWith(selecting.screen.rows, id) ? selecting : renewOrder(selecting, now);
	return rowWith(listed.screen.rows, id)
		? jumpTo(listed, id, now)
		: withScreen(listed, {selected: undefined});
}
