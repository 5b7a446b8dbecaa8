import {countNew, holdRows, orderRows} from '../../domain/list/rows.js';
import {clampTop, layoutFor} from '../../domain/list/window.js';
import type {RowId} from '../../domain/row-id.js';
import {sessions} from '../../views/sessions/view.js';
import {listedBy} from '../find/listed-by.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';
import {grown} from './shown-columns.js';

/** How long a signalled session is listed even against the toggles, in milliseconds. */
const signalledFor = 60_000;

/** How long the order is held after a movement, in milliseconds. */
export const heldFor = 2000;

export const tableLines = ({screen}: State) => layoutFor(screen.size.rows, screen.showsPane).tableLines;

function pinned({screen, server}: State, now: number): ReadonlySet<RowId> {
	const ids = server.signals
		.filter(({pressedAt}) => now - pressedAt < signalledFor)
		.map(({order}) => order.target.id);
	return new Set(screen.selected === undefined ? ids : [...ids, screen.selected]);
}

/** Gives the rows the values of the new picture. A held order stays, any other is renewed. */
export function listRows(state: State, now: number): State {
	const {screen} = state;
	const snapshot = pictureOf(state);
	if (!snapshot) return state;
	if (now < screen.heldUntil || screen.layers[0].type === 'question') {
		return withScreen(state, {
			rows: holdRows(sessions, screen.rows, snapshot),
			newSessions: countNew(sessions, screen.rows, snapshot, listedBy(state)),
		});
	}

	return renewOrder(state, now);
}

/** Sorts anew: with the next picture after a held order, or for a key that asks for another order. */
export function renewOrder(state: State, now: number): State {
	const {screen} = state;
	const snapshot = pictureOf(state);
	const column = sessions.columns.find(({id}) => id === screen.sort.column);
	if (!snapshot || !column || column.isUnsortable) return state;
	const order = {
		value: column.value,
		isDescending: (column.isDescending ?? false) !== screen.sort.isReversed,
	};
	const rows = orderRows(sessions, screen.rows, snapshot, {
		...listedBy(state),
		order,
		pinned: pinned(state, now),
	});
	const top = clampTop(screen.top, tableLines(state), rows.length);
	return grown(withScreen(state, {rows, newSessions: 0, top}));
}
