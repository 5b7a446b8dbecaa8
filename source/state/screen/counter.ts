import {staleAfter} from '../../domain/server/pace.js';
import type {Deadline} from '../deadline.js';
import {pictureOf} from '../picture.js';
import {withScreen} from '../step.js';

const tick = 1000;

/** The screen counts seconds without a connection, while the picture is held, and when the picture is old. */
export const counter: Deadline = {
	name: 'counter on the screen',
	at(state) {
		const {server, screen, settings} = state;
		const next = screen.clock + tick;
		if (server.link.type !== 'up' || screen.pausedAt !== undefined) return next;
		return pictureOf(state)
			? Math.max(next, server.receivedAt + staleAfter(settings.interval, server.serverMs))
			: undefined;
	},
	act: (state, now) => [withScreen(state, {clock: now}), []],
};
