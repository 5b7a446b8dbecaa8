import type {RowId} from '../../../domain/list/row.js';
import {rowWith} from '../../../domain/list/row.js';
import type {ProcessUse} from '../../../domain/session/process-use.js';
import {tableLines} from '../../list/order.js';
import {pictureOf} from '../../picture.js';
import type {State} from '../../state.js';
import {type Step, withServer} from '../../step.js';

/** After a picture: asks what the processes of the sessions on the screen use. Whether they are on this machine is found out there. */
export function readProcesses(state: State): Step {
	const {server, screen} = state;
	const picture = pictureOf(state);
	const startedAt = picture?.server.startedAt;
	const own = picture?.backends.find(({pid}) => pid === picture.ownPid);
	if (server.link.type !== 'up' || screen.pausedAt !== undefined) return [state, []];
	if (startedAt === undefined || own?.backendStart === undefined) return [state, []];
	const {rows, top, selected} = screen;
	const shown = rows.slice(top, top + tableLines(state));
	const asked = rowWith(shown, selected) ? [] : (rowWith(rows, selected) ?? []);
	const sessions = shown
		.concat(asked)
		.flatMap(({value: {id, pid, backendStart}, isGone}) =>
			isGone || backendStart === undefined ? [] : [{id, pid, backendStart}],
		);
	const {pid, backendStart} = own;
	return [state, [{type: 'processes', own: {pid, backendStart, startedAt}, sessions}]];
}

export const processesRead = (state: State, uses: ReadonlyMap<RowId, ProcessUse> | undefined): State =>
	uses === state.server.uses ? state : withServer(state, {uses});
