import {rowWith} from '../domain/list/row.js';
import {ratesBetween} from '../domain/rates.js';
import type {Snapshot} from '../domain/snapshot.js';
import {intervalOf} from './interval.js';
import {leftOutAfter, partsAt} from './leaving-out.js';
import {listRows} from './ordering.js';
import type {State} from './state.js';
import {type Step, withScreen, withServer} from './step.js';

/** The second picture comes early, so that rates do not stand empty; in milliseconds. */
const secondPictureAfter = 500;

export function sampleIfDue(state: State, now: number): Step {
	const {link, sampledAt, nextSampleAt} = state.server;
	if (link.type !== 'up' || sampledAt !== undefined || now < nextSampleAt) return [state, []];
	return [withServer(state, {sampledAt: now}), [{type: 'sample', parts: partsAt(state.server, now)}]];
}

export function sampled(state: State, snapshot: Snapshot, now: number): State {
	const {server, screen} = state;
	const {sampledAt = now} = server;
	if (screen.pausedAt !== undefined && sampledAt <= screen.pausedAt) {
		return withServer(state, {sampledAt: undefined});
	}

	const pictures = server.pictures + 1;
	const measured = withServer(state, {
		sampledAt: undefined,
		snapshot,
		receivedAt: now,
		rates: ratesBetween(server.snapshot, snapshot),
		serverMs: [...server.serverMs, snapshot.serverMs].slice(-3),
		refreshMs: [...server.refreshMs, now - sampledAt].slice(-5),
		failures: 0,
		pictures,
		leftOut: leftOutAfter(server, snapshot.missing, sampledAt, now),
	});
	const nextSampleAt =
		screen.pausedAt === undefined
			? Math.max(now, sampledAt + (pictures === 1 ? secondPictureAfter : intervalOf(measured)))
			: Infinity;
	const isOtherServer = isOther(server.snapshot, snapshot);
	const known = withoutOthers(measured, isOtherServer);
	const listed = listRows(withServer(known, {nextSampleAt, ...(isOtherServer && {changedAt: now})}), now);
	const isNew = sampledAt >= (screen.blindSince ?? 0);
	return withScreen(listed, {
		clock: now,
		...(isNew && {blindSince: undefined}),
		...(screen.said?.isOfRefresh && {said: undefined}),
		...(isOtherServer && {toldOf: undefined}),
	});
}

/** Rows that this role may not see have no identity that outlives the server. */
function withoutOthers(state: State, isOtherServer: boolean): State {
	const {rows, selected} = state.screen;
	if (!isOtherServer) return state;
	const seen = rows.filter(({backend}) => backend.isVisible);
	return withScreen(state, {rows: seen, selected: rowWith(seen, selected)?.backend.id});
}

/** One that does not tell since when it runs counts as the same. */
function isOther(before: Snapshot | undefined, {server: {startedAt}}: Snapshot): boolean {
	const since = before?.server.startedAt;
	return since !== undefined && startedAt !== undefined && since !== startedAt;
}

/** The server refused or broke off a refresh: the picture stays, and the next one is asked for later each time. */
export function sampleFailed(state: State, why: string, now: number): State {
	const counted = withServer(state, {failures: state.server.failures + 1, sampledAt: undefined});
	const next = state.screen.pausedAt === undefined ? now + intervalOf(counted) : Infinity;
	const failed = withServer(counted, {nextSampleAt: next});
	return withScreen(failed, {said: {text: `refresh failed: ${why}`, isBad: true, isOfRefresh: true}});
}
