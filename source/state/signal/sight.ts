import {rowWith} from '../../domain/list/row.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {states} from '../../domain/session/states.js';
import {type Aimed, aimedAt} from '../../domain/signal/aimed.js';
import {isOfAnotherStart} from '../../domain/signal/look.js';
import {keyOf, type Signal} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';
import {matchesIn} from '../find/filter-of.js';
import {lineOutOfWindow} from '../list/cursor.js';
import {lookedAt} from '../list/seats.js';
import {pictureOf} from '../picture.js';
import type {Details} from '../screen/layers.js';
import {ignore, sayFirst} from '../screen/note.js';
import type {State} from '../state.js';

/** A session as it was looked at. `others` are reasons to ask that have to do with pgtop, not with the session. */
export type InSight = {
	readonly type: 'looked';
	readonly aimed: Aimed;
	readonly others: readonly Reason[];
};

type Sight = InSight | {readonly type: 'none'; readonly said: State};

/** The session that c or k is meant for. Where there is none, the new state says why. */
export function sightOf(state: State, signal: Signal, now: number): Sight {
	const [layer] = state.screen.layers;
	const sight = layer.type === 'details' ? inDetails(state, layer, now) : inList(state, signal, now);
	if (sight.type === 'none' || !isOfAnotherStart(state.server.instance, sight.aimed)) return sight;
	const words = state.screen.pausedAt === undefined ? 'a new one is to come' : 'p goes on';
	return none(sayFirst(state, `this picture is of the server before: ${words}`, now));
}

const none = (said: State): Sight => ({type: 'none', said});

function inList(state: State, signal: Signal, now: number): Sight {
	const {screen} = state;
	const row = rowWith(screen.rows, screen.selected);
	const picture = pictureOf(state);
	if (!row || !picture) return none(state);
	const {pid, id} = row.value;
	const line = lineOutOfWindow(state);
	if (line !== undefined)
		return none(
			ignore(state, `${pid}: ${keyOf[signal]}`, `, it is in line ${line} now: an arrow goes there`, now),
		);
	const look = lookedAt(state, id, now);
	if (look) {
		const others = isOutOfFilter(state, row.value, picture) ? [notInFilter(pid)] : [];
		return {type: 'looked', aimed: {backend: withoutEnded(look.backend), ...look.taken}, others};
	}

	const why = screen.blindSince === undefined ? 'its row has just come there' : 'a new picture is to come';
	return none(ignore(state, `${pid}: ${keyOf[signal]}`, `, ${why}`, now));
}

/** Who has filtered the list may think that only what matches is meant. */
const isOutOfFilter = (state: State, backend: Backend, picture: Snapshot) =>
	matchesIn(state)?.(backend, picture) === false;

const notInFilter = (pid: number): Reason => ({
	id: 'filter',
	text: `${pid} is not in the filter: it is listed because it is selected`,
	short: 'not in the filter',
});

/** The last query of an idle session is no reason for anything, and its row may show it or not. */
function withoutEnded(backend: Backend): Backend {
	if (backend.state !== states.idle || !backend.query) return backend;
	const {query: _, ...others} = backend;
	return others;
}

export const areOpen: Reason = {id: 'details', text: 'the details are open', short: 'the details are open'};

/** The details scroll like a pager, and there k means up: so c and k ask first. */
function inDetails(state: State, {inspection}: Details, now: number): Sight {
	if (!inspection) return none(sayFirst(state, 'nothing is read yet', now));
	return {type: 'looked', aimed: aimedAt(inspection), others: [areOpen]};
}
