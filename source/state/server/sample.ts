import {nothingNoticed, noticedAfter} from '../../domain/server/noticed.js';
import {countedAfter, ratesOver, tpsAfter} from '../../domain/server/rates.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Trouble} from '../../domain/server/trouble.js';
import type {Deadline} from '../deadline.js';
import {listRows} from '../list/order.js';
import {pictureOf} from '../picture.js';
import {sayFirst} from '../screen/note.js';
import {lookAtPicture} from '../signal/watch/watch.js';
import type {State} from '../state.js';
import {andThen, type Step, withScreen, withServer, withStatus} from '../step.js';
import {followTags} from '../tags/follow-tags.js';
import {changeOf, instanceOf, onInstance} from './instance.js';
import {intervalOf} from './interval.js';
import {leftOutAfter, locksAtAfter, partsAt, readAtAfter} from './parts.js';
import {readNames} from './rules/names.js';
import {idleTextsOf} from './sessions/idle-texts.js';
import {seenAfter} from './sessions/seen.js';
import {setBackWords} from './set-back.js';

export const nextSample: Deadline = {
	name: 'next sample',
	at: ({server: {link, sampledAt, nextSampleAt}}) =>
		link.type === 'up' && sampledAt === undefined ? nextSampleAt : undefined,
	act: (state, now) => [
		withServer(state, {sampledAt: now}),
		[{type: 'sample', parts: partsAt(state.server, now), idleTexts: idleTextsOf(state)}],
	],
};

export function sampled(state: State, snapshot: Snapshot, now: number): Step {
	const {server, screen} = state;
	const {sampledAt = now} = server;
	const isHeld = screen.pausedAt !== undefined;
	if (isHeld && sampledAt <= (screen.pausedAt ?? 0)) return [withServer(state, {sampledAt: undefined}), []];
	const instance = instanceOf(snapshot);
	const known = onInstance(state, instance, now);
	const isNew = sampledAt >= (screen.blindSince ?? 0);
	const isShown = !(isHeld && server.isIdentifying);
	const change = changeOf(state, instance);
	// What another server has counted says nothing of this one.
	const begun =
		change === undefined ? known : withServer(known, {counted: [], tpsBefore: [], noticed: nothingNoticed});
	const shown = isShown ? show(begun, snapshot, now) : unseen(begun);
	const awake = isNew ? withScreen(shown, {blindSince: undefined}) : shown;
	const setBack = isShown && change === undefined ? setBackWords(state, snapshot, now) : undefined;
	const told = setBack === undefined ? awake : sayFirst(awake, setBack, now);
	const asking = readNames(told, change === 'other');
	return andThen(asking, after => lookAtPicture(after, snapshot, now));
}

/** The held picture stays; the one that came is only counted. */
const unseen = (state: State): State =>
	withServer(state, {
		sampledAt: undefined,
		isIdentifying: undefined,
		pictures: state.server.pictures + 1,
		nextSampleAt: Infinity,
	});

function show(state: State, snapshot: Snapshot, now: number): State {
	const {server, screen} = state;
	const {sampledAt = now} = server;
	const pictures = server.pictures + 1;
	const counted = countedAfter(server.counted, snapshot);
	const rates = ratesOver(counted);
	const measured = withServer(state, {
		sampledAt: undefined,
		isIdentifying: undefined,
		snapshot,
		receivedAt: now,
		counted,
		seen: seenAfter(server.seen, pictureOf(state), snapshot),
		rates,
		noticed: noticedAfter(server.noticed, snapshot),
		tpsBefore: tpsAfter(server.tpsBefore, rates.tps),
		serverMs: [...server.serverMs, snapshot.serverMs].slice(-3),
		refreshMs: [...server.refreshMs, now - sampledAt].slice(-5),
		failures: 0,
		refused: undefined,
		pictures,
		readAt: readAtAfter(server, snapshot.missing, sampledAt),
		leftOut: leftOutAfter(server, snapshot.missing, sampledAt, now),
		locksAt: locksAtAfter(server, snapshot, now),
	});
	const nextSampleAt =
		screen.pausedAt === undefined ? Math.max(now, sampledAt + intervalOf(measured)) : Infinity;
	const listed = listRows(followTags(withServer(measured, {nextSampleAt}), snapshot), now);
	const ticked = withScreen(listed, {clock: now});
	return state.status.note?.isOfRefresh ? withStatus(ticked, {note: undefined}) : ticked;
}

/** The server refused or broke off a refresh. The picture stays, and each failure in a row puts the next refresh off longer. */
export function sampleFailed(state: State, {why, hint}: Trouble, now: number): State {
	const counted = withServer(state, {
		failures: state.server.failures + 1,
		refused: {why, ...(hint !== undefined && {hint})},
		sampledAt: undefined,
	});
	const {pausedAt} = state.screen;
	const isAskedAgain = pausedAt === undefined || state.server.isIdentifying;
	const failed = withServer(counted, {nextSampleAt: isAskedAgain ? now + intervalOf(counted) : Infinity});
	return withStatus(failed, {note: {text: `refresh failed: ${why}`, isBad: true, isOfRefresh: true}});
}
