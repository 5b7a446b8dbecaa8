import type {View} from '../../domain/list/view.js';
import type {Prepared} from '../../domain/locks/prepared.js';
import {preparedSession} from '../../domain/locks/prepared-session.js';
import {ofLast} from '../../domain/of-last.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {states} from '../../domain/session/states.js';
import {stateAge} from '../../domain/session/time.js';
import {ageValue} from './cells.js';
import {columns} from './columns.js';
import {passes, type ShownBy} from './passes.js';

/** As long as a prepared transaction is the same object its row is, too. */
const known = new WeakMap<Prepared, Backend>();

function rowOf(prepared: Prepared): Backend {
	const row = known.get(prepared) ?? preparedSession(prepared);
	known.set(prepared, row);
	return row;
}

/** What a picture has to list: its backends, and behind them its prepared transactions. It is asked several times of each picture. */
const sessionsIn = ofLast(({backends, prepared = []}: Snapshot): readonly Backend[] =>
	prepared.length === 0 ? backends : [...backends, ...prepared.map(rowOf)],
);

/** Every backend of the server, and every prepared transaction, the longest at what it does first. */
export const sessions: View<Backend, ShownBy> = {
	rows: sessionsIn,
	columns,
	sortedBy: 'time',
	passes,
	/** Client sessions and what they have prepared stand before everything else, and parallel workers under their leader. */
	group: ({kind}) => (kind === 'client' || kind === 'prepared transaction' ? 0 : 1),
	nesting: {name: ({pid}) => pid, under: ({leaderPid}) => leaderPid},
	ties: [
		{value: ({value: backend, at}) => ageValue(backend, stateAge(backend, at)), isDescending: true},
		{value: ({value: {pid}}) => pid},
		// Prepared transactions have no pid.
		{value: ({value: {id}}) => id},
	],
	isSummary: ({kind}) => kind === 'queue',
	isQuiet: ({state}) => state === states.idle,
	/** Where this role sees more or less of a session than before, because rights were granted or revoked, its id is another, but it has not ended. */
	again: ({pid, userId, isVisible}, next) =>
		next.find(one => one.pid === pid && one.userId === userId && one.isVisible !== isVisible),
};
