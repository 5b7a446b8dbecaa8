import type {Size} from '../domain/list/window.js';
import {nothingNoticed} from '../domain/server/noticed.js';
import type {PartFacts} from '../domain/server/snapshot.js';
import {nothingSeen} from '../domain/session/seen.js';
import {nothingPending} from '../terminal/decode.js';
import {sessions} from '../views/sessions/view.js';
import {ungrown} from './list/shown-columns.js';
import {onlyTable} from './screen/layers.js';
import type {Settings, State} from './state.js';

/** `parts` are those that the server has. */
export const initialState = (
	settings: Settings,
	size: Size,
	now: number,
	parts: readonly PartFacts[],
): State => ({
	settings,
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
		grown: ungrown,
		sort: {column: sessions.sortedBy, isReversed: false},
		showsIdle: true,
		showsBackground: false,
	},
	hand: {pending: nothingPending},
	status: {},
});
