import type {ServerNames} from '../domain/configuration/server-names.js';
import {serverRules} from '../domain/configuration/server-rules.js';
import type {Size} from '../domain/list/window.js';
import {nothingNoticed} from '../domain/server/noticed.js';
import type {PartFacts} from '../domain/server/snapshot.js';
import {nothingSeen} from '../domain/session/seen.js';
import {nothingPending} from '../terminal/decode.js';
import {ungrown} from './list/shown-columns.js';
import {onlyTable} from './screen/layers.js';
import {beginsFor} from './server/rules/begins.js';
import type {RunSettings, State} from './state.js';

/** The parts that a server has, and what it is called. */
type Introduced = {readonly parts: readonly PartFacts[]; readonly names: ServerNames};

/** How a run begins, on the first server. */
export function initialState(
	settings: RunSettings,
	size: Size,
	now: number,
	{parts, names}: Introduced,
): State {
	const {configuration, filter} = settings;
	const begins = beginsFor(configuration, names, settings.interval);
	const {interval, columns, sort} = begins;
	return {
		settings: {
			...settings,
			...serverRules(configuration, names),
			interval,
		},
		server: {
			link: {type: 'up'},
			begins,
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
			tags: new Map(),
			heldUntil: now,
			newSessions: 0,
			...(columns && {columns}),
			grown: ungrown,
			sort,
			...(filter && {filter}),
			opened: new Set(),
			branches: new Map(),
			folded: new Set(),
			showsIdle: true,
			showsBackground: false,
		},
		hand: {pending: nothingPending},
		status: {},
	};
}
