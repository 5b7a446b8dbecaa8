import {type Missing, type Part, parts} from '../domain/snapshot.js';
import type {LeftOut, ServerState} from './state.js';

/** A part that took too long is asked for again after this time, in milliseconds; one that was refused after a reconnect. */
const againAfter = 60_000;

const isDue = ({isForNow, at}: LeftOut, now: number) => isForNow && now - at >= againAfter;

/** What the next refresh asks for. */
export const partsAt = ({leftOut}: ServerState, now: number): readonly Part[] =>
	parts.filter(part => leftOut.every(one => one.part !== part || isDue(one, now)));

/** What is left out from now on: what failed, and what was not asked for. */
export const leftOutAfter = (
	{leftOut}: ServerState,
	missing: readonly Missing[],
	sampledAt: number,
	now: number,
): readonly LeftOut[] =>
	missing.length === 0 && leftOut.length === 0
		? leftOut
		: [...leftOut.filter(one => !isDue(one, sampledAt)), ...missing.map(one => ({...one, at: now}))];
