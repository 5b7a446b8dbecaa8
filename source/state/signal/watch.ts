import type {Snapshot} from '../../domain/server/snapshot.js';
import {states} from '../../domain/session/states.js';
import type {LocksHeld, Look, Seen} from '../../domain/signal/look.js';
import {outcomeOfLook, sinceUnknown, stillThere} from '../../domain/signal/look-outcome.js';
import type {Outcome} from '../../domain/signal/outcome.js';
import {doneHere} from '../../domain/signal/verdict/verdict.js';
import type {State} from '../state.js';
import {type Step, withScreen, withServer} from '../step.js';
import {withNextLook} from './looks.js';
import {change, conclude} from './send.js';
import type {Signalled} from './signalled.js';

/** When it is said that nothing has happened yet, in milliseconds. */
const stillThereAfter = 5000;

/** What is seen so long after the look before it may have happened at any time since, in milliseconds. */
const lateAfter = 2000;

export function looked(state: State, looks: readonly Look[], now: number): Step {
	const seen = new Map(looks.map(look => [look.pid, look]));
	return judgeAll(
		withServer(state, {isLooking: false}),
		({order, looks: left}) => (left === undefined ? undefined : seen.get(order.target.pid)),
		now,
	);
}

/** When no more looks are made each picture goes on telling. */
export function lookAtPicture(state: State, snapshot: Snapshot, now: number): Step {
	const found = new Map(snapshot.backends.map(backend => [backend.pid, backend]));
	const {startedAt} = snapshot.server;
	return judgeAll(
		state,
		({order, looks, isSent, isUnknown}): Look | undefined => {
			if (looks !== undefined || !(isSent || isUnknown)) return undefined;
			const {pid} = order.target;
			const backend = found.get(pid);
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

const judgeAll = (state: State, lookOf: (signalled: Signalled) => Look | undefined, now: number): Step =>
	state.server.signals.reduce<Step>(
		([before, commands], signalled) => {
			const look = signalled.isOver || signalled.reading ? undefined : lookOf(signalled);
			if (!look) return [before, commands];
			const [after, more] = judge(before, signalled, look, now);
			return [after, [...commands, ...more]];
		},
		[state, []],
	);

function judge(state: State, signalled: Signalled, look: Look, now: number): Step {
	const {order} = signalled;
	const {number} = order;
	// A pooler has given us the very session: what it does now is our own doing.
	if (look.isOwn) return [change(state, number, one => withNextLook(one, now)), []];
	if (isOfOther(signalled, look))
		return [over(state, signalled, {type: 'other server', isSure: true}, now), []];
	const outcome = signalled.isUnknown ? sinceUnknown(order, look) : seenOutcome(state, signalled, look, now);
	if (outcome?.type === 'query ended' && outcome.now === 'aborted') {
		const reading = change(state, number, ({looks: _, ...one}) => ({...one, reading: {outcome, at: now}}));
		return [reading, [{type: 'locks', number, pid: order.target.pid}]];
	}

	if (outcome && !(outcome.type === 'not known' && outcome.since === 'there')) {
		const told = over(
			state,
			signalled,
			outcome,
			outcome.type === 'ended by k' ? killedAt(state, signalled) : now,
		);
		return [outcome.type === 'ended' ? withoutSession(told, signalled) : told, []];
	}

	return [goOn(state, signalled, look, outcome, now), []];
}

const isOfOther = ({order: {startedAt}}: Signalled, look: Look) =>
	startedAt !== undefined && look.startedAt !== undefined && look.startedAt !== startedAt;

const over = (state: State, {order: {number}}: Signalled, outcome: Outcome, now: number): State =>
	tell(
		change(state, number, one => conclude(one, outcome, now)),
		number,
	);

/** What a look shows, and no more: not when it happened, nor whose doing it was. */
function seenOutcome(state: State, signalled: Signalled, look: Look, now: number): Outcome | undefined {
	const {order, backend, found, lastSeenAt = now} = signalled;
	const outcome = outcomeOfLook(order, look) ?? waitOver(signalled, look);
	if (!outcome) return undefined;
	if (outcome.type === 'ended' && order.signal === 'cancel' && laterKill(state, signalled))
		return {type: 'ended by k'};
	const isLate = now - lastSeenAt > lateAfter;
	return {
		...(outcome.type === 'query ended' && order.signal === 'cancel' && waitsForStandby(found)
			? {type: 'stopped waiting' as const, done: doneHere(backend)}
			: outcome),
		...(isLate && {isLate}),
	};
}

/** A wait for the standby that was given up is over although the query goes on, or waits again for another commit. */
function waitOver(
	{order, found}: Signalled,
	{seen}: Look,
): Extract<Outcome, {type: 'query ended'}> | undefined {
	if (order.signal !== 'cancel' || !waitsForStandby(found) || !seen) return undefined;
	const isOver = !waitsForStandby(seen) || seen.xactStart !== found?.xactStart;
	return isOver ? {type: 'query ended', now: 'other'} : undefined;
}

const waitsForStandby = (seen: Seen | undefined) =>
	seen?.wait?.type === 'IPC' && seen.wait.name === 'SyncRep';

/** A k that was sent to the same session after its c, or may have been. */
const laterKill = ({server}: State, {order}: Signalled): Signalled | undefined =>
	server.signals.find(
		one =>
			one.order.signal === 'terminate' &&
			one.order.target.id === order.target.id &&
			one.order.number > order.number &&
			(one.isSent || one.isUnknown || !one.outcome),
	);

const killedAt = (state: State, signalled: Signalled) =>
	laterKill(state, signalled)?.pressedAt ?? signalled.pressedAt;

/** It is still at it: said after a while, once. */
function goOn(
	state: State,
	signalled: Signalled,
	look: Look,
	outcome: Outcome | undefined,
	now: number,
): State {
	const {order, watchedFrom, isUnknown, outcome: before} = signalled;
	const {number} = order;
	const next = change(state, number, one => ({...withNextLook(one, now), lastSeenAt: now}));
	if (!isUnknown && now - watchedFrom < stillThereAfter) return next;
	const waiting = change(next, number, one => ({
		...one,
		outcome: outcome ?? stillThere(look, signalled.found),
		seenAt: now,
	}));
	const isTold = before?.type === 'not known' ? before.since === 'there' : before !== undefined;
	return isTold ? waiting : tell(waiting, number);
}

/** Seen to be gone: also where the picture is held, and the next one far. */
const withoutSession = (state: State, {order}: Signalled): State =>
	withScreen(state, {
		rows: state.screen.rows.map(row => (row.backend.id === order.target.id ? {...row, isGone: true} : row)),
	});

const tell = (state: State, number: number): State => withScreen(state, {toldOf: number});

/** What an aborted transaction still holds; nothing is said of it when the session has gone on, or it could not be read. */
export function locksRead(state: State, number: number, locks: LocksHeld | undefined): State {
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (!signalled?.reading) return state;
	const {order, reading} = signalled;
	const {outcome, at} = reading;
	const isStill =
		locks !== undefined &&
		!locks.isOwn &&
		!isOfOther(signalled, locks) &&
		locks.seen?.backendStart === order.target.backendStart &&
		locks.seen?.state === states.aborted;
	const {held = 0, advisory = 0} = locks ?? {};
	return over(state, signalled, {...outcome, ...(isStill && {locks: {held, advisory}})}, at);
}

/** The connection is gone, and with it the answer on locks. */
export const withoutLocks = (state: State): State =>
	state.server.signals.reduce((before, {order}) => locksRead(before, order.number, undefined), state);

/** Nothing is seen of those sessions any more: this is another server, or it has lost them all. */
export const endWatches = (state: State, outcome: Outcome, now: number): State =>
	state.server.signals
		.filter(({isOver, isSent, isUnknown}) => !isOver && (isSent || isUnknown))
		.reduce((before, signalled) => over(before, signalled, outcome, now), state);

/** The program ends: of what was sent, and of which nothing was said yet, nothing will be. */
export const notSeen = (state: State, now: number): State =>
	state.server.signals
		.filter(({isSent, outcome}) => isSent && !outcome)
		.reduce((before, signalled) => over(before, signalled, {type: 'not seen'}, now), state);
