import type {RowId} from '../../domain/row-id.js';
import type {Backend} from '../../domain/session/backend.js';
import {sessions} from '../../views/sessions/view.js';
import {matchesIn} from '../find/filter-of.js';
import {howShown} from '../find/listed-by.js';
import {heldFor} from '../list/order.js';
import {pictureOf} from '../picture.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {withScreen, withStatus} from '../step.js';

/** Tags the client backends in the list that match the filter. Those that are shown against it are not, and those that come later are not. */
export function tagMatching(state: State, now: number): State {
	const {tags: before} = state.screen;
	const matching = matchingIn(state);
	const picture = pictureOf(state);
	const fresh = matching.filter(({id}) => !before.has(id));
	if (!picture || fresh.length === 0) return say(state, whyNoMore(matching.length));
	const {
		at,
		server: {startedAt},
	} = picture;
	const tags = new Map(before);
	for (const backend of fresh)
		tags.set(backend.id, {backend, at, ...(startedAt !== undefined && {startedAt})});
	const said = before.size === 0 ? `${tags.size} tagged` : `${fresh.length} more tagged, ${tags.size} in all`;
	return withStatus(withScreen(state, {tags, heldUntil: now + heldFor}), {
		note: {text: said, isOfTags: true},
	});
}

const whyNoMore = (matching: number) =>
	matching === 0
		? 'nothing tagged: no client backend in the list matches the filter'
		: matching === 1
			? 'the one that matches is tagged already'
			: `all ${matching} that match are tagged already`;

function matchingIn(state: State): readonly Backend[] {
	const picture = pictureOf(state);
	const matches = matchesIn(state);
	if (!picture || !matches) return [];
	const how = howShown(state);
	const listed = listedIn(state);
	return sessions
		.rows(picture)
		.filter(
			backend =>
				backend.kind === 'client' &&
				backend.pid !== picture.ownPid &&
				listed.has(backend.id) &&
				sessions.passes(backend, how, picture) &&
				matches(backend, picture),
		);
}

/** Those that have not gone, and in the tree those that the line of a queue stands for. Who is in no line yet, because the order is held, was not seen by anybody. */
const listedIn = ({screen: {rows, folded}}: State): ReadonlySet<RowId> =>
	new Set([...rows.flatMap(({isGone, value}) => (isGone ? [] : [value.id])), ...folded]);
