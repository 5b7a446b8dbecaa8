import type {Column} from '../../domain/list/column.js';
import {growColumns} from '../../domain/list/growth/grow-columns.js';
import {ofLast} from '../../domain/of-last.js';
import type {Backend} from '../../domain/session/backend.js';
import {sessions} from '../../views/sessions/view.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';
import {usualMarks} from './usual-marks.js';

type Widths = State['screen']['grown']['widths'];

/** What the query keeps where a person has chosen what stands beside it, in cells. */
const leastQuery = 10;

/** Of chosen columns the first matter most, whatever the terminal's width would show by itself. */
const columnsOf = (ids: readonly string[] | undefined) =>
	ids?.flatMap((id, priority) => {
		const column = sessions.columns.find(one => one.id === id);
		if (!column) return [];
		const {leaves: _, isExtra: __, ...chosen} = column;
		return [{...chosen, priority, ...(column.takesRest && {width: leastQuery})}];
	}) ?? sessions.columns;

/** As wide as they have grown. Every frame asks several times. */
const columnsFor = (isOnMachine: boolean) =>
	ofLast((ids: readonly string[] | undefined, widths: Widths): readonly Column<Backend>[] => {
		const known = (columns: readonly Column<Backend>[]) =>
			columns.filter(({isOfMachine}) => isOnMachine || !isOfMachine);
		const chosen = known(columnsOf(ids));
		return (chosen.length > 0 ? chosen : known(sessions.columns)).map(column => {
			const width = widths[column.id];
			return width === undefined ? column : {...column, width};
		});
	});

const [here, elsewhere] = [columnsFor(true), columnsFor(false)];

/** The columns that are shown where the server is this machine and all have room. */
export const columnsOnMachine = ({screen}: State): readonly Column<Backend>[] =>
	here(screen.columns, screen.grown.widths);

/** The columns that are shown where all have room. */
export const shownColumns = (state: State): readonly Column<Backend>[] =>
	state.server.uses ? columnsOnMachine(state) : elsewhere(state.screen.columns, state.screen.grown.widths);

/** Shows other columns; absent, those that the width of the terminal decides. None has grown. */
export const withColumns = (state: State, columns: State['screen']['columns']): State =>
	grown(withScreen(state, {columns, grown: ungrown}));

/** No column has grown. */
export const ungrown: State['screen']['grown'] = {widths: {}, rows: []};

/** Lets columns grow as far as the rows of the list need it and the terminal has room. */
export function grown(state: State): State {
	const {rows, size, grown: before} = state.screen;
	const columns = shownColumns(state);
	const marksOf = (index: number) => usualMarks(state, index);
	const after = growColumns(columns, rows, size.columns, {before: before.rows, marksOf});
	const widths =
		after === columns
			? before.widths
			: Object.fromEntries(after.filter(({grows}) => grows).map(({id, width}) => [id, width]));
	return withScreen(state, {grown: {widths, rows}});
}
