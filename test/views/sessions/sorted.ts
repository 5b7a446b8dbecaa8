import type {Row} from '../../../source/domain/list/row.js';
import {type RowOrder, sortRows} from '../../../source/domain/list/sort.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {columns} from '../../../source/views/sessions/columns.js';
import {sessions} from '../../../source/views/sessions/view.js';
import {noon} from '../../helpers/state/backend.js';

export const rowsOf = (backends: readonly Backend[]): readonly Row<Backend>[] =>
	backends.map(one => ({value: one, at: noon, nextXid: 100, isGone: false}));

export const sortableColumns = columns.filter(({isUnsortable}) => !isUnsortable);

/** The order of a column. */
export const by = (id: string, isReversed = false): RowOrder<Backend> => {
	const column = columns.find(one => one.id === id);
	if (!column || column.isUnsortable) throw new Error(`${id} can't be sorted by`);
	return {value: column.value, isDescending: (column.isDescending ?? false) !== isReversed};
};

export const sessionsSorted = (rows: readonly Row<Backend>[], order: RowOrder<Backend>) =>
	sortRows(rows, sessions, order);

export const pids = (rows: readonly Row<Backend>[]) => rows.map(({value: {pid}}) => pid);
