import type {Signalled, Watched} from '../../../domain/signal/signalled.js';
import type {Deadline} from '../../deadline.js';
import type {State} from '../../state.js';
import {withServer} from '../../step.js';

/** When the first looks at a signalled session are due, in milliseconds after the key. Then one comes every second. */
const firstLooks = [100, 300, 600, 1000];
/** How long looks are made, in milliseconds after the key. After that only pictures tell. */
const lastLook = 30_000;

function lookAt({since, looks}: Watched): number | undefined {
	if (looks === undefined) return undefined;
	const after = firstLooks[looks] ?? 1000 * (looks - firstLooks.length + 2);
	return after > lastLook ? undefined : since + after;
}

/** When the session of this signal is looked at next; Infinity when it is not. */
const nextLookOf = ({phase}: Signalled) =>
	phase.type === 'watched' ? (lookAt(phase) ?? Infinity) : Infinity;

/** When the first of them is due. */
export const earliest = (signals: readonly Signalled[], dueOf: (signalled: Signalled) => number): number =>
	signals.reduce((soonest, one) => Math.min(soonest, dueOf(one)), Infinity);

/** A new connection may lead to another server: the first picture has to tell before a look is made. */
const isKnown = ({server}: State) => server.link.type === 'up' && server.pictures > 0;

/** One message looks at all sessions that are due. Neither the interval nor a held picture puts it off, but a look under way does. */
export const nextLook: Deadline = {
	name: 'next look at what was signalled',
	at: state =>
		isKnown(state) && !state.server.isLooking ? earliest(state.server.signals, nextLookOf) : undefined,
	act(state, now) {
		const due = state.server.signals.filter(one => nextLookOf(one) <= now);
		const pids = [...new Set(due.map(({order}) => order.target.pid))];
		return [withServer(state, {isLooking: true}), [{type: 'look', pids}]];
	},
};

/** A look that failed is not repeated at once: the next one comes when it is due. */
export const lookFailed = (state: State, now: number): State =>
	withServer(state, {
		isLooking: false,
		signals: state.server.signals.map(one =>
			one.phase.type === 'watched' && nextLookOf(one) <= now
				? {...one, phase: withNextLook(one.phase, now)}
				: one,
		),
	});

/** The connection is back. Looks begin anew where nobody knows whether the signal was sent. */
export const watchAgain = (state: State, now: number): State =>
	withServer(state, {
		signals: state.server.signals.map(one =>
			one.phase.type === 'watched' && one.phase.isUnknown
				? {...one, phase: {...one.phase, looks: 0, since: now}}
				: one,
		),
	});

/** Skips looks whose time is past: after a lost connection there are some. */
export function withNextLook({looks, ...watched}: Watched, now: number): Watched {
	if (looks === undefined) return watched;
	let next = looks + 1;
	while ((lookAt({...watched, looks: next}) ?? Infinity) <= now) next++;
	return lookAt({...watched, looks: next}) === undefined ? watched : {...watched, looks: next};
}
