import {ofLast} from '../../domain/of-last.js';
import {countSessions} from '../../domain/server/count-sessions.js';
import type {Part, Snapshot} from '../../domain/server/snapshot.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {tellStale} from './stale.js';

/** For what the picture tells. */
export function withoutPicture(state: State): string | undefined {
	const {link} = state.server;
	if (link.type !== 'up') return 'there is no connection';
	if (!pictureOf(state)) return 'there is no picture yet';
	return tellStale(state).length > 0 ? 'the picture is old' : undefined;
}

/** For what these parts tell: the first picture asks for all of them. */
export function withoutParts({server}: State, wanted: readonly Part[]): string | undefined {
	const lacking = server.leftOut.filter(({part}) => wanted.includes(part));
	return lacking.length === 0 ? undefined : `left out: ${lacking.map(({name}) => name).join(', ')}`;
}

/** For what the sessions of other roles do. */
export function withoutSight(state: State): string | undefined {
	const picture = pictureOf(state);
	return picture && isPartlyHidden(picture) ? "what some sessions do can't be seen" : undefined;
}

/** A picture has many sessions, and every frame asks. */
const isPartlyHidden = ofLast(
	({backends, ownPid, at}: Snapshot) => countSessions(backends, ownPid, at).untold > 0,
);

/** For what the rights of this role tell. */
export const withoutRights = ({server: {rights, rightsFailed, link}}: State) =>
	link.type !== 'up'
		? 'there is no connection'
		: rights && rightsFailed === undefined
			? undefined
			: 'what this role may do is not read yet';

/** For what needs the start of the server. */
export const withoutStart = (state: State) =>
	pictureOf(state)?.server.startedAt === undefined ? 'since when the server runs is not known' : undefined;
