import {type InForce, inForce} from '../domain/configuration/in-force.js';
import type {ServerNames} from '../domain/configuration/server-names.js';
import {serverRules} from '../domain/configuration/server-rules.js';
import type {Size} from '../domain/list/window.js';
import {nothingNoticed} from '../domain/server/noticed.js';
import type {PartFacts} from '../domain/server/snapshot.js';
import {nothingSeen} from '../domain/session/seen.js';
import {nothingPending} from '../terminal/decode.js';
import {sessions} from '../views/sessions/view.js';
import {ungrown} from './list/shown-columns.js';
import {onlyTable} from './screen/layers.js';
import type {RunSettings, ScreenState, State} from './state.js';

/** The parts that a server has, and what it is called. */
type Introduced = {readonly parts: readonly PartFacts[]; readonly names: ServerNames};

/** What the configuration says of the columns: an id that no column has is passed over. Where nothing is left, the width of the terminal decides. */
function columnsIn({columns: told}: InForce): ScreenState['columns'] {
	const all = sessions.columns.map(({id}) => id);
	const wanted = [...new Set(told?.value)].filter(id => all.includes(id));
	return wanted.length > 0 ? wanted : undefined;
}

/** What the configuration says of the order. */
function sortIn({sort: told}: InForce): ScreenState['sort'] {
	const column = sessions.columns.find(({id}) => id === told?.value.column);
	return told && column && !column.isUnsortable ? told.value : {column: sessions.sortedBy, isReversed: false};
}

/** How a run begins, on the first server. What a person may choose in the run comes from the configuration only here. */
export function initialState(
	settings: RunSettings,
	size: Size,
	now: number,
	{parts, names}: Introduced,
): State {
	const {configuration, filter} = settings;
	const told = inForce(configuration, names);
	const columns = columnsIn(told);
	return {
		settings: {
			...settings,
			...serverRules(configuration, names),
			interval: told.interval?.value ?? settings.interval,
		},
		server: {
			link: {type: 'up'},
			receivedAt: now,
			counted: [],
			rates: {},
			tpsBefore: [],
			noticed: nothingNoticed,
			seen: nothingSeen,
			serverMs: [],
			refreshMs: [],
			nextSampleAt: now,
			failures: 0,
			pictures: 0,
			parts,
			readAt: {},
			leftOut: [],
			nextRightsAt: now,
			signals: [],
			nextNumber: 1,
			isLooking: false,
		},
		screen: {
			size,
			layers: onlyTable,
			clock: now,
			rows: [],
			top: 0,
			heldUntil: now,
			newSessions: 0,
			...(columns && {columns}),
			grown: ungrown,
			sort: sortIn(told),
			...(filter && {filter}),
			showsIdle: true,
			showsBackground: false,
		},
		hand: {pending: nothingPending},
		status: {},
	};
}
