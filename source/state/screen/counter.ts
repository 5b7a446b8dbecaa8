import {staleAfter} from '../../domain/server/pace.js';
import {nextRoughAge} from '../../domain/text/format.js';
import type {Deadline} from '../deadline.js';
import {pictureOf} from '../picture.js';
import {toldAfter} from '../server/interval.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

const second = 1000;

/** The screen counts without a connection, while the picture is held, and when the picture is old: not more often than its words change. */
export const counter: Deadline = {
	name: 'counter on the screen',
	at(state) {
		const {server, screen, settings} = state;
		const {link, receivedAt, serverMs} = server;
		if (link.type === 'up' && screen.pausedAt === undefined) {
			const staleAt = receivedAt + staleAfter(settings.interval, serverMs);
			const olderAt = pictureOf(state) ? Math.max(staleAt, changeOf(receivedAt, state)) : Infinity;
			return Math.min(olderAt, waitedAt(state));
		}

		// The seconds until the next try.
		if (link.type === 'down' && link.tryAt !== Infinity) return screen.clock + second;
		const {lostAt, refusedAt} = link.type === 'up' ? {} : link;
		const since = [receivedAt, lostAt, refusedAt].filter(at => at !== undefined);
		return Math.min(...since.map(at => changeOf(at, state)));
	},
	act: (state, now) => [withScreen(state, {clock: now}), []],
};

/** When the words for how long a refresh that was asked for has no answer are others. */
const waitedAt = (state: State) => {
	const {sampledAt} = state.server;
	return state.status.note?.isOfWaiting && sampledAt !== undefined
		? Math.max(sampledAt + toldAfter, changeOf(sampledAt, state))
		: Infinity;
};

/** When the words for how long something is ago are others. */
const changeOf = (since: number, {screen: {clock}}: State) => since + nextRoughAge(clock - since);
