import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {withServer} from '../step.js';
import type {Signalled} from './signalled.js';

/** When a signalled session is looked at, in milliseconds after the key; then every second. */
const firstLooks = [100, 300, 600, 1000];
const lastLook = 30_000;

export function lookAt({watchedFrom, looks}: Signalled): number | undefined {
	if (looks === undefined) return undefined;
	const after = firstLooks[looks] ?? 1000 * (looks - firstLooks.length + 2);
	return after > lastLook ? undefined : watchedFrom + after;
}

/** A new connection has to say first which server it leads to: a picture does. */
const isKnown = ({server}: State) => server.link.type === 'up' && server.pictures > 0;

const isDue = (signalled: Signalled, now: number) => (lookAt(signalled) ?? Infinity) <= now;

/** At all that are due in one message, whatever the interval, and also when the picture is held; not while one is under way. */
export const nextLook: Deadline = {
	name: 'next look at what was signalled',
	at: state =>
		isKnown(state) && !state.server.isLooking
			? Math.min(...state.server.signals.map(one => lookAt(one) ?? Infinity))
			: undefined,
	act(state, now) {
		const due = state.server.signals.filter(one => isDue(one, now));
		const pids = [...new Set(due.map(({order}) => order.target.pid))];
		return [withServer(state, {isLooking: true}), [{type: 'look', pids}]];
	},
};

/** A look that failed is not repeated at once: the next one comes when it is due. */
export const lookFailed = (state: State, now: number): State =>
	withServer(state, {
		isLooking: false,
		signals: state.server.signals.map(one => (isDue(one, now) ? withNextLook(one, now) : one)),
	});

/** The connection is back: what nobody knew of is looked at anew. */
export const watchAgain = (state: State, now: number): State =>
	withServer(state, {
		signals: state.server.signals.map(one =>
			one.isUnknown && !one.isOver ? {...one, looks: 0, watchedFrom: now} : one,
		),
	});

/** The next look that is not past already: after a lost connection some are. */
export function withNextLook({looks, ...signalled}: Signalled, now: number): Signalled {
	if (looks === undefined) return signalled;
	let next = looks + 1;
	while ((lookAt({...signalled, looks: next}) ?? Infinity) <= now) next++;
	return lookAt({...signalled, looks: next}) === undefined ? signalled : {...signalled, looks: next};
}
