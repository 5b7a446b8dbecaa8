import {staleAfter} from '../../domain/server/pace.js';
import {nextRoughAge} from '../../domain/text/format.js';
import type {Deadline} from '../deadline.js';
import {pictureOf} from '../picture.js';
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
			return pictureOf(state) && Math.max(staleAt, changeOf(receivedAt, state));
		}

		// The seconds until the next try.
		if (link.type === 'down' && link.tryAt !== Infinity) return screen.clock + second;
		const {lostAt, refusedAt} = link.type === 'up' ? {} : link;
		const since = [receivedAt, lostAt, refusedAt].filter(at => at !== undefined);
		return Math.min(...since.map(at => changeOf(at, state)));
	},
	act: (state, now) => [withScreen(state, {clock: now}), []],
};

/** When the words for how long something is ago are others. */
const changeOf = (since: number, {screen: {clock}}: State) => since + nextRoughAge(clock - since);
