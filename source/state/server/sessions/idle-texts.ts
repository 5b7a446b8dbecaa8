import {type Row, rowWith} from '../../../domain/list/row.js';
import type {Backend} from '../../../domain/session/backend.js';
import {states} from '../../../domain/session/states.js';
import {tableLines} from '../../list/order.js';
import type {State} from '../../state.js';

/** Of the rows in the window, and of the selected one, which the pane shows. */
function sessionsOnScreen(state: State): readonly Backend[] {
	const {rows, top, selected} = state.screen;
	const shown = rows.slice(top, top + tableLines(state));
	const other = rowWith(shown, selected) ? undefined : rowWith(rows, selected);
	const all: readonly Row<Backend>[] = other ? [...shown, other] : shown;
	return all.flatMap(({value, isGone}) => (isGone || value.state === undefined ? [] : [value]));
}

/** The pids whose last query the next refresh asks for. What runs something may be idle by then, so its pid is among them. */
export const idleTextsOf = (state: State): readonly number[] => sessionsOnScreen(state).map(({pid}) => pid);

/** Whether the screen shows an idle session whose last query was not asked for. */
export const lacksIdleText = (state: State): boolean =>
	sessionsOnScreen(state).some(({state, query, isUnread}) => state === states.idle && !query && !isUnread);
