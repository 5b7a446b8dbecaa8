import type {Missing, Part, Snapshot} from '../../domain/server/snapshot.js';
import type {ServerState} from '../state.js';
import type {LeftOut} from './left-out.js';

/** A part that took too long is asked for again after this time, in milliseconds. A refused part is asked for again when it may have been allowed since. */
const againAfter = 60_000;

/** What the server may spend on locks that nobody waits for, in milliseconds. Where very many are held it takes more. */
const cheapLocks = 5;

/** They tell of locks only. */
const ofLocks: readonly Part[] = ['locks', 'relations'];

const isDue = ({askAt}: LeftOut, now: number) => now >= askAt;

/** What the next refresh asks for: every part whose pace is over, but for those that are left out. */
export const partsAt = (
	{parts, readAt, leftOut, locksAt = -Infinity}: ServerState,
	now: number,
): readonly Part[] =>
	parts
		.filter(({part, every = 0}) => now >= (readAt[part] ?? -Infinity) + every)
		.map(({part}) => part)
		.filter(part => leftOut.every(one => one.part !== part || isDue(one, now)))
		.filter(part => now >= locksAt || !ofLocks.includes(part));

/** Until when locks are left out, after this picture: those that cost much, while it shows that nobody waits for one. Undefined where they are asked for. */
export function locksAtAfter(
	{locksAt}: ServerState,
	{locks, backends}: Snapshot,
	now: number,
): number | undefined {
	// Of a session that this role may not see nobody knows.
	if (backends.some(({isVisible, wait}) => !isVisible || wait?.type === 'Lock')) return undefined;
	if (!locks) return locksAt;
	return locks.serverMs > cheapLocks && locks.rows.length === 0 ? now + againAfter : undefined;
}

/** When each part was read last, after the refresh of `sampledAt`. The pace of one that failed does not put its next try off. */
export function readAtAfter(
	server: ServerState,
	missing: readonly Missing[],
	sampledAt: number,
): ServerState['readAt'] {
	const asked = partsAt(server, sampledAt).map(part => [part, sampledAt] as const);
	const times = [...Object.entries(server.readAt), ...asked];
	return Object.fromEntries(times.filter(([part]) => missing.every(one => one.part !== part)));
}

/** The parts left out from now on: those that failed, and those that were not asked for. */
export const leftOutAfter = (
	{leftOut}: ServerState,
	missing: readonly Missing[],
	sampledAt: number,
	now: number,
): readonly LeftOut[] =>
	missing.length === 0 && leftOut.length === 0
		? leftOut
		: [
				...leftOut.filter(one => !isDue(one, sampledAt)),
				...missing.map(one => ({...one, askAt: one.isForNow ? now + againAfter : Infinity})),
			];

/** The next refresh asks for refused parts again. */
export const askRefused = ({leftOut}: ServerState, now: number): readonly LeftOut[] =>
	leftOut.map(one => (one.isForNow ? one : {...one, askAt: now}));
