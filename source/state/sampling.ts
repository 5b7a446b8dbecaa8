import {rowWith} from '../domain/list/row.js';
import {ratesBetween} from '../domain/rates.js';
import type {Snapshot} from '../domain/snapshot.js';
import {intervalOf} from './interval.js';
import {listRows} from './ordering.js';
import type {State} from './state.js';
import {type Step, say, withScreen, withServer} from './step.js';

/** The second picture comes early, so that rates do not stand empty; in milliseconds. */
const secondPictureAfter = 500;

export function sampleIfDue(state: State, now: number): Step {
	const {link, sampledAt, nextSampleAt} = state.server;
	if (link.type !== 'up' || sampledAt !== undefined || now < nextSampleAt) return [state, []];
	return [withServer(state, {sampledAt: now}), [{type: 'sample'}]];
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
		pictures,
	});
	const nextSampleAt =
		screen.pausedAt === undefined
			? Math.max(now, sampledAt + (pictures === 1 ? secondPictureAfter : intervalOf(measured)))
			: Infinity;
	const known = withoutOthers(measured, isOther(server.snapshot, snapshot));
	const listed = listRows(withServer(known, {nextSampleAt}), now);
	const isNew = sampledAt >= (screen.blindSince ?? 0);
	const seeing = withScreen(listed, {
		clock: now,
		...(isNew && {blindSince: undefined}),
		...(screen.said?.isOfRefresh && {said: undefined}),
	});
	return isOther(server.snapshot, snapshot)
		? say(withScreen(seeing, {toldOf: undefined}), 'this is another server, or it was restarted', true)
		: seeing;
}

/** Rows that this role may not see have no identity that outlives the server. */
function withoutOthers(state: State, isOtherServer: boolean): State {
	const {rows, selected} = state.screen;
	if (!isOtherServer) return state;
	const seen = rows.filter(({backend}) => backend.isVisible);
	return withScreen(state, {rows: seen, selected: rowWith(seen, selected)?.backend.id});
}

const isOther = (before: Snapshot | undefined, after: Snapshot) =>
	before !== undefined && before.server.startedAt !== after.server.startedAt;

/** The server refused or broke off a refresh: the picture stays, and the next one is asked for as usual. */
export function sampleFailed(state: State, why: string, now: number): State {
	const next = state.screen.pausedAt === undefined ? now + intervalOf(state) : Infinity;
	const failed = withServer(state, {sampledAt: undefined, nextSampleAt: next});
	return withScreen(failed, {said: {text: `refresh failed: ${why}`, isBad: true, isOfRefresh: true}});
}
