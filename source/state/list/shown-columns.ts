import type {Column} from '../../domain/list/column.js';
import type {Backend} from '../../domain/session/backend.js';
import {sessions} from '../../views/sessions/view.js';
import type {State} from '../state.js';

/** The columns that are shown where all have room. */
export const shownColumns = ({screen}: State): readonly Column<Backend>[] =>
	screen.columns.flatMap(id => sessions.columns.find(column => column.id === id) ?? []);
