import type {Deadline} from '../deadline.js';
import {heldFor} from '../list/order.js';
import {intervalOf} from './interval.js';
import {nextSample} from './sample.js';
import {lacksIdleText} from './sessions/idle-texts.js';

/** How long the window has to rest after it was moved, in milliseconds. */
const restFor = 200;

/** The least time between two refreshes, in milliseconds, however much somebody scrolls. */
const atLeast = 1000;

/** After scrolling a refresh comes early, where the last query of an idle session that came into the window is missing; but not where refreshes have become slower, because they cost much or fail. */
export const restedWindow: Deadline = {
	name: 'rested window',
	at(state) {
		const {server, screen, settings} = state;
		const {readAt, sampledAt, link} = server;
		const movedAt = screen.heldUntil - heldFor;
		const {texts: askedAt = Infinity} = readAt;
		if (movedAt < askedAt || link.type !== 'up' || sampledAt !== undefined) return undefined;
		if (screen.pausedAt !== undefined || screen.layers[0].type !== 'table') return undefined;
		if (intervalOf(state) > settings.interval || !lacksIdleText(state)) return undefined;
		return Math.max(movedAt + restFor, askedAt + atLeast);
	},
	act: nextSample.act,
};
