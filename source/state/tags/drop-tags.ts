import type {RowId} from '../../domain/row-id.js';
import type {State} from '../state.js';
import {withScreen, withStatus} from '../step.js';
import type {Untagged} from './untagged.js';

/** Drops what could be on another server by now, and says so. */
export function dropAllTags(state: State, why: Exclude<Untagged['why'], 'ended'>): State {
	const {tags} = state.screen;
	if (tags.size === 0) return state;
	const pids = [...tags.values()].map(({backend}) => backend.pid);
	return sayUntagged(withScreen(state, {tags: new Map()}), {why, pids});
}

/** Says that tags have fallen away. */
export function sayUntagged(state: State, untagged: Untagged): State {
	const {note} = state.status;
	return withStatus(state, {untagged, ...(note?.isOfTags && {note: undefined})});
}

/** Sessions were seen to end, or their queries, and the outcomes of the signals say so. */
export function dropTags(state: State, ids: ReadonlySet<RowId>): State {
	if (ids.size === 0) return state;
	const tags = new Map([...state.screen.tags].filter(([id]) => !ids.has(id)));
	return tags.size === state.screen.tags.size ? state : withScreen(state, {tags});
}
