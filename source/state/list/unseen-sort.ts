import {fitColumns} from '../../domain/list/fit.js';
import {sessions} from '../../views/sessions/view.js';
import type {State} from '../state.js';
import {shownColumns} from './shown-columns.js';

/** What the list is sorted by, where no title says it because the column is not on the screen. */
export function unseenSort(state: State): string | undefined {
	const {sort, size, columns} = state.screen;
	const fitted = fitColumns(shownColumns(state), size.columns);
	if (fitted.some(({column}) => column.id === sort.column)) return undefined;
	const column = sessions.columns.find(({id}) => id === sort.column);
	const why = columns?.includes(sort.column) === false ? 'is not shown' : 'has no room here';
	return column && `sorted by ${column.title}${sort.isReversed ? ', reversed' : ''}, a column that ${why}`;
}
