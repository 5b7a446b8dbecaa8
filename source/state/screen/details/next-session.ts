import {indexOfRow, type Row} from '../../../domain/list/row.js';
import type {Backend} from '../../../domain/session/backend.js';
import {isProcess} from '../../../domain/session/kind.js';
import {notConnected} from '../../../tables/not-connected.js';
import {jumpTo} from '../../list/jump.js';
import type {State} from '../../state.js';
import {changeLayer, type Step} from '../../step.js';
import {say} from '../note.js';
import {readDetails} from './details.js';

const hasDetails = (row: Row<Backend> | undefined) =>
	row !== undefined && !row.isGone && !row.isOfBefore && isProcess(row.value.kind);

/** Shows the next session of the list in the place of this one, or the one before. The selection goes along. */
export function nextSession(state: State, direction: 1 | -1, now: number): Step {
	const {screen} = state;
	const {rows} = screen;
	const [layer] = screen.layers;
	if (layer.type !== 'details') return [state, []];
	const step = (from: number) => {
		let index = from + direction;
		while (rows[index] && !hasDetails(rows[index])) index += direction;
		return index;
	};
	const index = step(indexOfRow(rows, layer.id));
	const row = rows[index];
	if (!row) return [say(state, `this is the ${direction > 0 ? 'last' : 'first'} session of the list`), []];
	if (state.server.link.type !== 'up') return [say(state, `${notConnected}: nothing can be read`, true), []];
	const {id, pid} = row.value;
	return readDetails(changeLayer(jumpTo(state, id, now), {type: 'details', id, pid, top: 0}));
}
