import type {Signalled, Watched} from '../../../domain/signal/signalled.js';
import type {Deadline} from '../../deadline.js';
import type {State} from '../../state.js';
import {withServer} from '../../step.js';

/** When a signalled session is looked at, in milliseconds after the key; then every second. */
const firstLooks = [100, 300, 600, 1000];
const lastLook = 30_000;

function lookAt({since, looks}: Watched): number | undefined {
	if (looks === undefined) return undefined;
	const after = firstLooks[looks] ?? 1000 * (looks - firstLooks.length + 2);
	return after > lastLook ? undefined : since + after;
}

/** When this signal is looked at next; Infinity when it is not. */
const nextLookOf = ({phase}: Signalled) =>
	phase.type === 'watched' ? (lookAt(phase) ?? Infinity) : Infinity;

/** A new connection has to say first which server it leads to: a picture does. */
const isKnown = ({server}: State) => server.link.type === 'up' && server.pictures > 0;

/** At all that are due in one message, whatever the interval, and also when the picture is held; not while one is under way. */
export const nextLook: Deadline = {
	name: 'next look at what was signalled',
	at: state =>
		isKnown(state) && !state.server.isLooking ? Math.min(...state.server.signals.map(nextLookOf)) : undefined,
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

/** The connection is back: what nobody knew of is looked at anew. */
export const watchAgain = (state: State, now: number): State =>
	withServer(state, {
		signals: state.server.signals.map(one =>
			one.phase.type === 'watched' && one.phase.isUnknown
				? {...one, phase: {...one.phase, looks: 0, since: now}}
				: one,
		),
	});

/** The next look that is not past already: after a lost connection some are. */
export function withNextLook({looks, ...watched}: Watched, now: number): Watched {
	if (looks === undefined) return watched;
	let next = looks + 1;
	while ((lookAt({...watched, looks: next}) ?? Infinity) <= now) next++;
	return lookAt({...watched, looks: next}) === undefined ? watched : {...watched, looks: next};
}
