import {rowWith} from '../../domain/list/row.js';
import {chosenAlert} from '../../tables/alerts/chosen.js';
import {jumpTo} from '../list/jump.js';
import {renewOrder} from '../list/order.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {closeLayer, withScreen} from '../step.js';
import {say} from './note.js';

/** Goes back to the list, to the session that the chosen alert is about; where there is none, that is said. */
export function selectAlerted(state: State, now: number): State {
	const alert = chosenAlert(state);
	if (!alert) return say(state, 'no alert is chosen: the arrows choose one', true);
	const {pid} = alert;
	if (pid === undefined)
		return say(state, 'no session is meant: what is known of it stands under the alert', true);
	const id = pictureOf(state)?.backends.find(backend => backend.pid === pid)?.id;
	if (id === undefined) return say(state, `${pid} is not in the picture`, true);
	const closed = withScreen(closeLayer(state), {selected: id});
	// A session that the toggles hide, or that is too new for a held order, is listed because it is selected.
	const listed = rowWith(closed.screen.rows, id) ? closed : renewOrder(closed, now);
	return jumpTo(listed, id, now);
}
