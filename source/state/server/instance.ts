import {rowWith} from '../../domain/list/row.js';
import {busySessions} from '../../domain/server/busy-sessions.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import {nothingSeen} from '../../domain/session/seen.js';
import {type Layers, onlyTable} from '../screen/layers.js';
import {closeByItself} from '../signal/question/ask.js';
import {endWatches} from '../signal/watch/watch.js';
import type {Instance, State} from '../state.js';
import {withHand, withScreen, withServer} from '../step.js';
import {dropAllTags} from '../tags/drop-tags.js';

/** Which server a picture is of. */
export function instanceOf(snapshot: Snapshot): Instance {
	const {startedAt} = snapshot.server;
	const checkpointerStart = busySessions(snapshot).find(({type}) => type === 'checkpointer')?.backendStart;
	return {
		...(startedAt !== undefined && {startedAt}),
		...(checkpointerStart !== undefined && {checkpointerStart}),
	};
}

/** `unsure`: the connection is new, and the server does not tell which one it is. */
type Change = 'other' | 'crash' | 'unsure' | undefined;

/** How the server of this picture differs from the server of the picture before. */
export function changeOf({server}: State, {startedAt, checkpointerStart}: Instance): Change {
	const {instance, pictures} = server;
	if (!instance) return undefined;
	if (startedAt === undefined || instance.startedAt === undefined)
		return pictures === 0 ? 'unsure' : undefined;
	if (startedAt !== instance.startedAt) return 'other';
	const before = instance.checkpointerStart;
	const isOther = checkpointerStart !== undefined && before !== undefined && checkpointerStart !== before;
	return isOther ? 'crash' : undefined;
}

/** What was claimed, asked or watched on another server, or before a crash, means nothing on this one. */
export function onInstance(state: State, instance: Instance, now: number): State {
	const change = changeOf(state, instance);
	const known = withServer(state, {
		instance: {...(change === undefined && state.server.instance), ...instance},
	});
	switch (change) {
		case undefined:
			return known;
		case 'unsure':
			return dropAllTags(endWatches(known, {type: 'other server', isSure: false}, now), 'unsure');
		case 'other':
			return begunAnew(endWatches(known, {type: 'other server', isSure: true}, now), false, now);
		case 'crash':
			return begunAnew(endWatches(known, {type: 'crash'}, now), true, now);
	}
}

function begunAnew(state: State, isCrash: boolean, now: number): State {
	const closed = closeByItself(
		withServer(state, {changed: {at: now, isCrash}, seen: nothingSeen, uses: undefined}),
		isCrash ? 'the server has crashed: nothing was sent' : 'this is another server: nothing was sent',
		now,
	);
	const {rows, selected, layers} = closed.screen;
	// Rows that this role may not see have no identity that outlives the server.
	const seen = rows.filter(({value: backend}) => backend.isVisible);
	const untagged = dropAllTags(closed, isCrash ? 'crash' : 'other server');
	return withScreen(withHand(untagged, {secondK: undefined, armed: undefined}), {
		rows: isCrash ? seen : seen.map(row => (row.isGone ? row : {...row, isOfBefore: true})),
		selected: rowWith(seen, selected)?.value.id,
		opened: new Set<never>(),
		layers: isCrash ? layers : withoutSession(layers),
	});
}

/** Closes the details of a session or a prepared transaction on the former server, even where they are under another layer. */
function withoutSession(layers: Layers): Layers {
	const [first, ...others] = layers.filter(({type}) => type !== 'details' && type !== 'prepared');
	return first ? [first, ...others] : onlyTable;
}
