import type {RowId} from '../../domain/row-id.js';
import type {State} from '../state.js';
import {withScreen, withStatus} from '../step.js';
import type {Untagged} from './untagged.js';

/** Drops what could be on another server by now, and says so. */
export function dropAllTags(state: State, why: Exclude<Untagged['why'], 'ended'>): State {
	const {tags} = state.screen;
	if (tags.size === 0) return state;
	const pids = [...tags.values()].map(({backend}) => backend.pid);
	return withStatus(withScreen(state, {tags: new Map()}), {untagged: {why, pids}});
}

/** A session was seen to end, and the outcome of the signal says so. */
export function dropTag(state: State, id: RowId): State {
	if (!state.screen.tags.has(id)) return state;
	const tags = new Map(state.screen.tags);
	tags.delete(id);
	return withScreen(state, {tags});
}
