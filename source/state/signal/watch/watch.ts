import type {Snapshot} from '../../../domain/server/snapshot.js';
import {isOfAnotherStart, type Look} from '../../../domain/signal/look.js';
import {sinceUnknown, stillThere} from '../../../domain/signal/look-outcome.js';
import type {Outcome} from '../../../domain/signal/outcome.js';
import {mayBeSent, type Signalled, sightingOf, type Watched} from '../../../domain/signal/signalled.js';
import type {State} from '../../state.js';
import {type Step, withScreen, withServer} from '../../step.js';
import {dropTag} from '../../tags/drop-tags.js';
import {change, conclude} from '../send.js';
import {tell} from '../sentences.js';
import {lockReading} from './lock-reading.js';
import {withNextLook} from './looks.js';
import {seenOutcome} from './seen-outcome.js';

/** How long a session is watched before it is said that nothing has happened yet, in milliseconds. */
const stillThereAfter = 5000;

type WatchedSignal = Signalled & {readonly phase: Watched};

export function looked(state: State, looks: readonly Look[], now: number): Step {
	const seen = new Map(looks.map(look => [look.pid, look]));
	return judgeAll(
		withServer(state, {isLooking: false}),
		({order, phase}) => (phase.looks === undefined ? undefined : seen.get(order.target.pid)),
		now,
	);
}

/** When no more looks are made, every picture takes their place. */
export function lookAtPicture(state: State, snapshot: Snapshot, now: number): Step {
	const {startedAt} = snapshot.server;
	return judgeAll(
		state,
		({order, phase}): Look | undefined => {
			if (phase.looks !== undefined) return undefined;
			const {pid} = order.target;
			const backend = snapshot.backends.find(one => one.pid === pid);
			return {
				pid,
				at: snapshot.at,
				...(startedAt !== undefined && {startedAt}),
				...(pid === snapshot.ownPid && {isOwn: true}),
				...(backend && {seen: backend}),
			};
		},
		now,
	);
}

const isWatched = (signalled: Signalled): signalled is WatchedSignal => signalled.phase.type === 'watched';

const judgeAll = (state: State, lookOf: (signalled: WatchedSignal) => Look | undefined, now: number): Step =>
	state.server.signals.reduce<Step>(
		([before, commands], signalled) => {
			const look = isWatched(signalled) ? lookOf(signalled) : undefined;
			if (!look || !isWatched(signalled)) return [before, commands];
			const [after, more] = judge(before, signalled, look, now);
			return [after, [...commands, ...more]];
		},
		[state, []],
	);

function judge(state: State, signalled: WatchedSignal, look: Look, now: number): Step {
	const {order, phase} = signalled;
	const {number} = order;
	// A pooler has given that very session to pgtop: what it does now is our own doing.
	if (look.isOwn) return [watchOn(state, number, withNextLook(phase, now)), []];
	if (isOfAnotherStart(order, look))
		return [over(state, signalled, {type: 'other server', isSure: true}, now), []];
	const killed = laterKill(state, signalled);
	const outcome = phase.isUnknown
		? sinceUnknown(order, look)
		: seenOutcome(signalled, phase, look, killed !== undefined, now);
	const reading = outcome && lockReading(signalled, phase, outcome, now);
	if (reading) {
		const read = change(state, number, one => ({...one, phase: reading}));
		return [
			reading.ended.outcome.type === 'ended' ? withoutSession(read, signalled) : read,
			reading.isHeldAwaited ? [{type: 'locks', number, pid: order.target.pid}] : [],
		];
	}

	if (outcome && !(outcome.type === 'not known' && outcome.since === 'there')) {
		const seenAt = outcome.type === 'ended by k' ? (killed ?? signalled).pressedAt : now;
		const told = over(state, signalled, outcome, seenAt);
		return [outcome.type === 'ended' ? withoutSession(told, signalled) : told, []];
	}

	return [goOn(state, signalled, look, outcome, now), []];
}

/** Nothing more is looked for, and the status line says the outcome. */
export const over = (state: State, {order: {number}}: Signalled, outcome: Outcome, seenAt: number): State =>
	tell(conclude(state, number, outcome, seenAt), number);

/** A later k to the same session that was sent, or may have been. */
const laterKill = ({server}: State, {order}: Signalled): Signalled | undefined =>
	server.signals.find(
		one =>
			one.order.signal === 'terminate' &&
			one.order.target.id === order.target.id &&
			one.order.number > order.number &&
			mayBeSent(one),
	);

const watchOn = (state: State, number: number, phase: Watched): State =>
	change(state, number, one => ({...one, phase}));

/** The session is still at it. This is said after a while, and only once. */
function goOn(
	state: State,
	{order: {number}, phase}: WatchedSignal,
	look: Look,
	outcome: Outcome | undefined,
	now: number,
): State {
	const next = {...withNextLook(phase, now), lastSeenAt: now};
	if (!phase.isUnknown && now - phase.since < stillThereAfter) return watchOn(state, number, next);
	const sighting = {outcome: outcome ?? stillThere(look, phase.found), seenAt: now};
	const waiting = watchOn(state, number, {...next, sighting});
	const before = phase.sighting?.outcome;
	const isTold = before?.type === 'not known' ? before.since === 'there' : before !== undefined;
	return isTold ? waiting : tell(waiting, number);
}

/** The row is gone right now: the picture may be held, or the next one far off. */
const withoutSession = (state: State, {order: {target}}: Signalled): State =>
	withScreen(dropTag(state, target.id), {
		rows: state.screen.rows.map(row => (row.value.id === target.id ? {...row, isGone: true} : row)),
	});

/** The watched sessions can't be seen any more: this is another server, or it has lost them all. */
export const endWatches = (state: State, outcome: Outcome, now: number): State =>
	state.server.signals
		.filter(({phase}) => phase.type === 'watched' || phase.type === 'locks')
		.reduce((before, signalled) => {
			const ended = signalled.phase.type === 'locks' ? signalled.phase.ended : undefined;
			// Its end was seen before.
			return ended?.outcome.type === 'ended'
				? over(before, signalled, ended.outcome, ended.seenAt)
				: over(before, signalled, outcome, now);
		}, state);

/** The program ends: signals that were sent and have no outcome yet will not get one. */
export const notSeen = (state: State, now: number): State =>
	state.server.signals
		.filter(one => one.phase.type !== 'asked' && !sightingOf(one))
		.reduce((before, signalled) => over(before, signalled, {type: 'not seen'}, now), state);
