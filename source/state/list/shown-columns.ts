import type {Column} from '../../domain/list/column.js';
import {growColumns} from '../../domain/list/growth/grow-columns.js';
import type {Backend} from '../../domain/session/backend.js';
import {sessions} from '../../views/sessions/view.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** The columns that are shown where all have room, as wide as they have grown. */
export const shownColumns = ({screen, server}: State): readonly Column<Backend>[] =>
	screen.columns.flatMap(id => {
		const column = sessions.columns.find(one => one.id === id);
		if (!column || (column.isOfMachine && !server.uses)) return [];
		const width = screen.grown.widths[id];
		return width === undefined ? column : {...column, width};
	});

/** No column has grown. */
export const ungrown: State['screen']['grown'] = {widths: {}, rows: []};

/** Lets columns grow as far as the rows of the list need it and the terminal has room. */
export function grown(state: State): State {
	const {rows, size, grown: before} = state.screen;
	const columns = shownColumns(state);
	const after = growColumns(columns, rows, size.columns, before.rows);
	const widths =
		after === columns
			? before.widths
			: Object.fromEntries(after.filter(({grows}) => grows).map(({id, width}) => [id, width]));
	return withScreen(state, {grown: {widths, rows}});
}
