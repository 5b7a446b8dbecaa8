import type {Listed} from '../../domain/list/rows.js';
import type {Backend} from '../../domain/session/backend.js';
import type {ShownBy} from '../../views/sessions/passes.js';
import type {State} from '../state.js';
import {matchesIn} from './filter-of.js';

/** What decides whether a session is listed, but for the filter. */
export const howShown = ({
	screen: {showsIdle, showsBackground},
	settings: {serviceRoles},
}: State): ShownBy => ({
	showsIdle,
	showsBackground,
	serviceRoles,
});

/** What decides whether a session is listed. */
export const listedBy = (state: State): Listed<Backend, ShownBy> => ({
	how: howShown(state),
	matches: matchesIn(state),
});
