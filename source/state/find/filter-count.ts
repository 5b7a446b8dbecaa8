import {countShown} from '../../domain/list/rows.js';
import {ofLast} from '../../domain/of-last.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import {sessions} from '../../views/sessions/view.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {type Matches, matchesIn} from './filter-of.js';
import {howShown} from './listed-by.js';

type Screen = State['screen'];

const countIn = ofLast(
	(
		picture: Snapshot | undefined,
		matches: Matches | undefined,
		serviceRoles: ReadonlySet<string>,
		showsIdle: Screen['showsIdle'],
		showsBackground: Screen['showsBackground'],
	) =>
		picture
			? countShown(sessions, picture, {how: {showsIdle, showsBackground, serviceRoles}, matches})
			: {shown: 0, of: 0},
);

/** How many sessions match the filter and are not listed, because the toggles hide them. */
export function hiddenMatches(state: State): number {
	const picture = pictureOf(state);
	const matches = matchesIn(state);
	if (!picture || !matches) return 0;
	const how = howShown(state);
	return sessions
		.rows(picture)
		.filter(backend => !sessions.passes(backend, how, picture) && matches(backend, picture)).length;
}

/** How many sessions match the filter, of those that would be listed without it. */
export function filterCount(state: State): {readonly shown: number; readonly of: number} {
	const {serviceRoles, showsIdle, showsBackground} = howShown(state);
	return countIn(pictureOf(state), matchesIn(state), serviceRoles, showsIdle, showsBackground);
}
