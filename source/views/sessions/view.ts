import type {View} from '../../domain/list/view.js';
import type {Backend} from '../../domain/session/backend.js';
import {states} from '../../domain/session/states.js';
import {stateAge} from '../../domain/session/time.js';
import {ageValue} from './cells.js';
import {columns} from './columns.js';
import {passes, type ShownBy} from './passes.js';

/** Every backend of the server, the longest at what it does first. */
export const sessions: View<Backend, ShownBy> = {
	rows: ({backends}) => backends,
	columns,
	sortedBy: 'time',
	passes,
	/** Client sessions stand before everything else, and parallel workers under their leader. */
	group: ({kind}) => (kind === 'client' ? 0 : 1),
	nesting: {name: ({pid}) => pid, under: ({leaderPid}) => leaderPid},
	ties: [
		{value: ({value: backend, at}) => ageValue(backend, stateAge(backend, at)), isDescending: true},
		{value: ({value: {pid}}) => pid},
	],
	isQuiet: ({state}) => state === states.idle,
	/** Where this role sees more or less of a session than before, because rights were granted or revoked, its id is another, but it has not ended. */
	again: ({pid, userId, isVisible}, next) =>
		next.find(one => one.pid === pid && one.userId === userId && one.isVisible !== isVisible),
};
