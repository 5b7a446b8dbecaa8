import {chosenAlert} from '../../tables/alerts/chosen.js';
import {selectSession} from '../list/jump.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {closeLayer} from '../step.js';
import {say} from './note.js';

/** Goes back to the list, to the session that the chosen alert is about; where there is none, that is said. */
export function selectAlerted(state: State, now: number): State {
	const alert = chosenAlert(state);
	if (!alert) return say(state, 'no alert is chosen: the arrows choose one', true);
	const {pid, id: row} = alert;
	if (pid === undefined && row === undefined)
		return say(state, 'no session is meant: what is known of it stands under the alert', true);
	const id = row ?? pictureOf(state)?.backends.find(backend => backend.pid === pid)?.id;
	if (id === undefined) return say(state, `${pid} is not in the picture`, true);
	return selectSession(closeLayer(state), id, now);
}
