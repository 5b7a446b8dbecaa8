/** The middle one; 0 of none. */
export const medianOf = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const largestShare = 0.05;

const longestInterval = 60_000;

/**
The interval in force, in milliseconds. `serverMs` is what each of the last three refreshes cost the server. Where refreshes would take more than 5 % of its time, the interval is longer than the chosen one. Each failure in a row doubles it, up to a minute.
*/
export function intervalInForce(chosen: number, serverMs: readonly number[], failures = 0): number {
	const cost = serverMs.length < 3 ? 0 : medianOf(serverMs);
	const usual = Math.max(chosen, Math.ceil(cost / largestShare));
	return Math.max(usual, Math.min(longestInterval, usual * 2 ** failures));
}

/** In milliseconds. */
const leastStale = 5000;

/** How old the picture may be before its age is an alert, in milliseconds. Failures do not allow more. */
export const staleAfter = (chosen: number, serverMs: readonly number[]) =>
	Math.max(leastStale, 3 * intervalInForce(chosen, serverMs));
