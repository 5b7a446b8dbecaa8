import {pictureOf} from '../state/picture.js';
import type {State} from '../state/state.js';
import {tellStale} from './stale.js';

/** For what the picture tells. */
export function withoutPicture(state: State): string | undefined {
	const {link} = state.server;
	if (link.type !== 'up') return 'there is no connection';
	if (!pictureOf(state)) return 'there is no picture yet';
	return tellStale(state).length > 0 ? 'the picture is old' : undefined;
}

/** For what the counters tell. */
export const withoutCounters = ({server: {leftOut}}: State) =>
	leftOut.some(({part}) => part === 'counters') ? 'the counters are left out' : undefined;

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
