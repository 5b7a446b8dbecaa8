import type {Binding} from '../binding.js';
import {chosenAlert} from './chosen.js';

/** In `!`. */
export const selectKey: Binding = {
	keys: ['enter', 'ctrl-j'],
	layers: ['alerts'],
	does: {type: 'select-alerted'},
	shown: 'Enter',
	hint(state) {
		const {pid, id} = chosenAlert(state) ?? {};
		return pid === undefined && id === undefined ? undefined : 'Enter select';
	},
	help: 'in !: select the session that the chosen alert is about',
};
