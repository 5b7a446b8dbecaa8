import type {Arrangement} from '../../domain/list/sort.js';
import type {Backend} from '../../domain/session/backend.js';
import {stateAge} from '../../domain/session/time.js';
import {ageValue} from './cells.js';

/** Client sessions stand before everything else, parallel workers under their leader. The age of the state decides between equals, then the pid. */
export const arrangement: Arrangement<Backend> = {
	group: ({kind}) => (kind === 'client' ? 0 : 1),
	nesting: {name: ({pid}) => pid, under: ({leaderPid}) => leaderPid},
	ties: [
		{value: ({value: backend, at}) => ageValue(backend, stateAge(backend, at)), isDescending: true},
		{value: ({value: {pid}}) => pid},
	],
};
