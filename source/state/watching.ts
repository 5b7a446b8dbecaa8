import type {Look} from '../domain/signal/look.js';
import {type Outcome, outcomeOfLook, sinceUnknown} from '../domain/signal/outcome.js';
import {change, conclude} from './sending.js';
import type {Signalled, State} from './state.js';
import {type Step, withScreen, withServer} from './step.js';

/** When a signalled session is looked at, in milliseconds after the key; then every second. */
const firstLooks = [100, 300, 600, 1000];
const lastLook = 30_000;
const stillThereAfter = 5000;

export function lookAt({watchedFrom, looks}: Signalled): number | undefined {
	if (looks === undefined) return undefined;
	const after = firstLooks[looks] ?? 1000 * (looks - firstLooks.length + 2);
	return after > lastLook ? undefined : watchedFrom + after;
}

/** Looks at all that are due in one message, whatever the interval, and also when the picture is held. */
export function lookIfDue(state: State, now: number): Step {
	const {server} = state;
	if (server.link.type !== 'up' || server.isLooking) return [state, []];
	const due = server.signals.filter(one => (lookAt(one) ?? Infinity) <= now);
	if (due.length === 0) return [state, []];
	const pids = [...new Set(due.map(({order}) => order.target.pid))];
	return [withServer(state, {isLooking: true}), [{type: 'look', pids}]];
}

export function looked(state: State, looks: readonly Look[], now: number): State {
	const seen = new Map(looks.map(look => [look.pid, look]));
	return state.server.signals.reduce(
		(before, signalled) => {
			const look = seen.get(signalled.order.target.pid);
			return look && signalled.looks !== undefined ? judge(before, signalled, look, now) : before;
		},
		withServer(state, {isLooking: false}),
	);
}

function judge(state: State, signalled: Signalled, look: Look, now: number): State {
	const {order, watchedFrom, isUnknown, outcome: before} = signalled;
	const {number} = order;
	const outcome = isUnknown ? sinceUnknown(order, look) : outcomeOfLook(order, look);
	const isOver = outcome && !(outcome.type === 'not known' && outcome.since === 'there');
	if (isOver) {
		const told = tell(
			change(state, number, one => conclude(one, outcome, now)),
			number,
		);
		return outcome.type === 'ended' ? withoutSession(told, signalled) : told;
	}

	const next = change(state, number, one => ({...withNextLook(one, now), lastLook: look}));
	if (!isUnknown && now - watchedFrom < stillThereAfter) return next;
	const waiting = change(next, number, one => ({...one, outcome: outcome ?? stillThere(look), seenAt: now}));
	const isTold = before?.type === 'not known' ? before.since === 'there' : before !== undefined;
	return isTold ? waiting : tell(waiting, number);
}

/** Seen to be gone: also where the picture is held, and the next one far. */
const withoutSession = (state: State, {order}: Signalled): State =>
	withScreen(state, {
		rows: state.screen.rows.map(row => (row.backend.id === order.target.id ? {...row, isGone: true} : row)),
	});

const tell = (state: State, number: number): State => withScreen(state, {toldOf: number});

/** A look that failed is not repeated at once: the next one comes when it is due. */
export const lookFailed = (state: State, now: number): State =>
	withServer(state, {
		isLooking: false,
		signals: state.server.signals.map(one =>
			(lookAt(one) ?? Infinity) <= now ? withNextLook(one, now) : one,
		),
	});

/** The connection is back: what nobody knew of is looked at anew. */
export const watchAgain = (state: State, now: number): State =>
	withServer(state, {
		signals: state.server.signals.map(one =>
			one.isUnknown && one.looks !== undefined ? {...one, looks: 0, watchedFrom: now} : one,
		),
	});

/** The next look that is not past already: after a lost connection some are. */
function withNextLook({looks = 0, ...signalled}: Signalled, now: number): Signalled {
	let next = looks + 1;
	while ((lookAt({...signalled, looks: next}) ?? Infinity) <= now) next++;
	return lookAt({...signalled, looks: next}) === undefined ? signalled : {...signalled, looks: next};
}

const stillThere = ({seen}: Look): Outcome => ({
	type: 'still there',
	...(seen?.wait && {wait: seen.wait}),
	...(seen?.state !== undefined && {state: seen.state}),
});
