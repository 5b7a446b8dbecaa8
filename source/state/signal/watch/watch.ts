import type {RowId} from '../../../domain/row-id.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import {isOfAnotherStart, type Look} from '../../../domain/signal/look.js';
import {sinceUnknown, stillThere} from '../../../domain/signal/look-outcome.js';
import type {Outcome} from '../../../domain/signal/outcome.js';
import {mayBeSent, type Signalled, sightingOf, type Watched} from '../../../domain/signal/signalled.js';
import type {State} from '../../state.js';
import {type Step, withServer} from '../../step.js';
import {type Judged, judgeEach, over} from './judged.js';
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
	const isAwaited = state.server.signals.some(one => isWatched(one) && one.phase.looks === undefined);
	const backends = new Map(isAwaited ? snapshot.backends.map(one => [one.pid, one]) : []);
	return judgeAll(
		state,
		({order, phase}): Look | undefined => {
			if (phase.looks !== undefined) return undefined;
			const {pid} = order.target;
			const backend = backends.get(pid);
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

function judgeAll(state: State, lookOf: (signalled: WatchedSignal) => Look | undefined, now: number): Step {
	const kills = laterKills(state.server.signals);
	return judgeEach(state, signalled => {
		const look = isWatched(signalled) ? lookOf(signalled) : undefined;
		return look && isWatched(signalled)
			? judge(signalled, look, kills.get(signalled.order.number), now)
			: undefined;
	});
}

/** `killed`: a later k to the same session. */
function judge(signalled: WatchedSignal, look: Look, killed: Signalled | undefined, now: number): Judged {
	const {order, phase} = signalled;
	// A pooler has given that very session to pgtop: what it does now is our own doing.
	if (look.isOwn) return {signalled: {...signalled, phase: withNextLook(phase, now)}};
	if (isOfAnotherStart(order, look)) return over(signalled, {type: 'other server', isSure: true}, now);
	const outcome = phase.isUnknown
		? sinceUnknown(order, look)
		: seenOutcome(signalled, phase, look, killed !== undefined, now);
	const reading = outcome && lockReading(signalled, phase, outcome, now);
	const isGone = outcome?.type === 'ended';
	if (reading) {
		const {number, target} = order;
		return {
			signalled: {...signalled, phase: reading},
			...(isGone && {isGone}),
			...(reading.isHeldAwaited && {command: {type: 'locks', number, pid: target.pid}}),
		};
	}

	if (outcome && !(outcome.type === 'not known' && outcome.since === 'there')) {
		const seenAt = outcome.type === 'ended by k' ? (killed ?? signalled).pressedAt : now;
		return {...over(signalled, outcome, seenAt), ...(isGone && {isGone})};
	}

	return goOn(signalled, look, outcome, now);
}

/** By the number of each signal: the next k to the same session that was sent, or may have been. */
function laterKills(signals: readonly Signalled[]): ReadonlyMap<number, Signalled> {
	const found = new Map<number, Signalled>();
	const next = new Map<RowId, Signalled>();
	for (const signalled of signals.toReversed()) {
		const {number, signal, target} = signalled.order;
		const kill = next.get(target.id);
		if (kill) found.set(number, kill);
		if (signal === 'terminate' && mayBeSent(signalled)) next.set(target.id, signalled);
	}

	return found;
}

/** The session is still at it. This is said after a while, and only once. */
function goOn(signalled: WatchedSignal, look: Look, outcome: Outcome | undefined, now: number): Judged {
	const {phase} = signalled;
	const next = {...withNextLook(phase, now), lastSeenAt: now};
	if (!phase.isUnknown && now - phase.since < stillThereAfter)
		return {signalled: {...signalled, phase: next}};
	const sighting = {outcome: outcome ?? stillThere(look, phase.found), seenAt: now};
	const before = phase.sighting?.outcome;
	const isTold = before?.type === 'not known' ? before.since === 'there' : before !== undefined;
	return {signalled: {...signalled, phase: {...next, sighting}}, ...(!isTold && {isTold: true})};
}

/** The watched sessions can't be seen any more: this is another server, or it has lost them all. */
export const endWatches = (state: State, outcome: Outcome, now: number): State =>
	judgeEach(state, signalled => {
		const {phase} = signalled;
		if (phase.type !== 'watched' && phase.type !== 'locks') return undefined;
		const ended = phase.type === 'locks' ? phase.ended : undefined;
		// Its end was seen before.
		return ended?.outcome.type === 'ended'
			? over(signalled, ended.outcome, ended.seenAt)
			: over(signalled, outcome, now);
	})[0];

/** The program ends: signals that were sent and have no outcome yet will not get one. */
export const notSeen = (state: State, now: number): State =>
	judgeEach(state, signalled =>
		signalled.phase.type !== 'asked' && !sightingOf(signalled)
			? over(signalled, {type: 'not seen'}, now)
			: undefined,
	)[0];
