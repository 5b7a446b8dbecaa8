import {fitColumns} from '../../../domain/list/fit.js';
import {rowWith} from '../../../domain/list/row.js';
import type {RowId} from '../../../domain/row-id.js';
import type {ProcessUse} from '../../../domain/session/process-use.js';
import {tableLines} from '../../list/order.js';
import {columnsOnMachine} from '../../list/shown-columns.js';
import {pictureOf} from '../../picture.js';
import type {State} from '../../state.js';
import {type Step, withServer} from '../../step.js';

/** After a picture: asks what the processes of the sessions use of which that is shown: of the selected one, and where the columns have room of all in the window. Each costs as much as reading a few files. Whether they are on this machine is found out there. */
export function readProcesses(state: State): Step {
	const {server, screen} = state;
	const picture = pictureOf(state);
	const startedAt = picture?.server.startedAt;
	const own = picture?.backends.find(({pid}) => pid === picture.ownPid);
	if (server.link.type !== 'up' || screen.pausedAt !== undefined) return [state, []];
	if (startedAt === undefined || own?.backendStart === undefined) return [state, []];
	const {rows, top, selected} = screen;
	const shown = hasColumns(state) ? rows.slice(top, top + tableLines(state)) : [];
	const asked = rowWith(shown, selected) ? [] : (rowWith(rows, selected) ?? []);
	const sessions = shown
		.concat(asked)
		.flatMap(({value: {id, pid, backendStart}, isGone}) =>
			isGone || backendStart === undefined ? [] : [{id, pid, backendStart}],
		);
	if (sessions.length === 0) return [withoutUses(state), []];
	const {pid, backendStart} = own;
	return [state, [{type: 'processes', own: {pid, backendStart, startedAt}, sessions}]];
}

/** Whether columns show it, once it is known. */
const hasColumns = (state: State) =>
	fitColumns(columnsOnMachine(state), state.screen.size.columns).some(({column}) => column.isOfMachine);

const withoutUses = (state: State): State =>
	state.server.uses ? withServer(state, {uses: undefined}) : state;

export const processesRead = (state: State, uses: ReadonlyMap<RowId, ProcessUse> | undefined): State =>
	uses === state.server.uses ? state : withServer(state, {uses});
