import {intervalInForce, medianOf} from '../../domain/server/pace.js';
import type {State} from '../state.js';

/** What + and - step through, in milliseconds. */
export const intervals = [500, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000] as const;

/** The interval in force, in milliseconds. */
export const intervalOf = ({server, settings}: State) =>
	intervalInForce(settings.interval, server.serverMs, server.failures);

export function nextInterval(current: number, direction: 1 | -1): number {
	const next =
		direction > 0 ? intervals.find(step => step > current) : intervals.findLast(step => step < current);
	return next ?? current;
}

/** From when on it is told how long a refresh that was asked for has no answer, in milliseconds. */
export const toldAfter = 1000;

const overdueAfter = 1000;
const overdueInAnyCase = 2000;

/** Whether the refresh in flight takes far longer than usual: over a second and three times the median, or over two seconds. */
export function isOverdue({server}: State, now: number): boolean {
	const {sampledAt, refreshMs} = server;
	const overdue = Math.min(overdueInAnyCase, Math.max(overdueAfter, 3 * medianOf(refreshMs)));
	return sampledAt !== undefined && now - sampledAt > overdue;
}
