import {rowWith} from '../../domain/list/row.js';
import {whyNotTagged} from '../../tables/keys/tag-keys.js';
import {move} from '../list/cursor.js';
import {pictureOf} from '../picture.js';
import {sayFirst} from '../screen/note.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** Tags the selected session as it is on the screen, or untags it, and goes one line down. Where it can't be tagged that is said. */
export function toggleTag(state: State, now: number): State {
	const {rows, selected, tags: before} = state.screen;
	const row = rowWith(rows, selected);
	if (!row) return state;
	const why = whyNotTagged(state, row);
	if (why !== undefined) return down(sayFirst(state, why, now), now);
	const {value: backend, at} = row;
	const startedAt = pictureOf(state)?.server.startedAt;
	const tags = new Map(before);
	if (!tags.delete(backend.id))
		tags.set(backend.id, {backend, at, ...(startedAt !== undefined && {startedAt})});
	return down(withScreen(state, {tags}), now);
}

const down = (state: State, now: number): State => move(state, {by: 'line', direction: 1}, now);
