import {ofBefore, rowWith} from '../../../domain/list/row.js';
import type {Inspected} from '../../../domain/session/inspection.js';
import {rowName} from '../../../domain/session/words/row-name.js';
import {isOfAnotherStart} from '../../../domain/signal/look.js';
import {notConnected} from '../../../tables/not-connected.js';
import type {State} from '../../state.js';
import {changeLayer, openLayer, type Step} from '../../step.js';
import type {Layer} from '../layers.js';
import {say} from '../note.js';
import {copyFailed, readForCopy} from './copy.js';
import {formatQuery} from './formatted.js';

/** Opens the details of the selected session, and has them read. */
export function openDetails(state: State): Step {
	const {screen, server} = state;
	const row = rowWith(screen.rows, screen.selected);
	if (!row) return [say(state, 'select a session first: the arrows move', true), []];
	if (row.isOfBefore) return [say(state, ofBefore(rowName(row.value)), true), []];
	if (row.isGone) return [say(state, `${rowName(row.value)} has ended already`, true), []];
	if (server.link.type !== 'up') return [say(state, `${notConnected}: nothing can be read`, true), []];
	const {id, pid} = row.value;
	return readDetails(openLayer(state, {type: 'details', id, pid, top: 0}));
}

/** Has open details read again: happens with every picture. */
export function readDetails(state: State): Step {
	const [layer] = state.screen.layers;
	return layer.type === 'details' && !layer.isGone && state.server.link.type === 'up'
		? [state, [{type: 'inspect', pid: layer.pid}]]
		: [state, []];
}

/** Takes in what was read of one session, for a copy or for the details. */
export function inspected(state: State, read: Inspected): Step {
	const [layer] = state.screen.layers;
	const {copying} = state.hand;
	if (copying && copying.backend.pid === read.pid && !read.isOwn) return readForCopy(state, read, copying);
	return formatQuery(readForDetails(state, layer, read));
}

function readForDetails(state: State, layer: Layer, read: Inspected): State {
	if (layer.type !== 'details' || layer.pid !== read.pid) return state;
	const {inspection, isOwn} = read;
	// A pooler has given that very session to pgtop: what it does now is our own doing.
	if (isOwn) return state;
	// The next picture tells which server this is.
	if (isOfAnotherStart(layer.inspection, read)) return state;
	if (inspection?.backend.id !== layer.id) return changeLayer(state, {...layer, isGone: true});
	return changeLayer(state, {...layer, inspection});
}

export function inspectFailed(state: State, pid: number, why: string): State {
	const [layer] = state.screen.layers;
	const {copying} = state.hand;
	if (copying && copying.backend.pid === pid) return copyFailed(state, copying, why);
	return layer.type === 'details' ? say(state, `the details could not be read: ${why}`, true) : state;
}
