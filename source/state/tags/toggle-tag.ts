import {rowWith} from '../../domain/list/row.js';
import {move} from '../list/cursor.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** Tags the selected session as it is on the screen, or untags it, and goes one line down. */
export function toggleTag(state: State, now: number): State {
	const {rows, selected, tags: before} = state.screen;
	const row = rowWith(rows, selected);
	if (!row) return state;
	const {value: backend, at} = row;
	const startedAt = pictureOf(state)?.server.startedAt;
	const tags = new Map(before);
	if (!tags.delete(backend.id))
		tags.set(backend.id, {backend, at, ...(startedAt !== undefined && {startedAt})});
	return move(withScreen(state, {tags}), {by: 'line', direction: 1}, now);
}
