const largestShare = 0.05;

const longestInterval = 60_000;

/**
The interval in force, in milliseconds: longer than the chosen one when refreshes, of which the last three cost this much, would take the server more than 5 % of its time, and twice as long after each one in a row that failed, a minute at most.
*/
export function intervalInForce(chosen: number, serverMs: readonly number[], failures = 0): number {
	const median = serverMs.length < 3 ? 0 : ([...serverMs].sort((a, b) => a - b)[1] ?? 0);
	const usual = Math.max(chosen, Math.ceil(median / largestShare));
	return Math.max(usual, Math.min(longestInterval, usual * 2 ** failures));
}

/** How old the picture may be before that is an alert, in milliseconds: failures make none of it good. */
export const staleAfter = (chosen: number, serverMs: readonly number[]) =>
	Math.max(3000, 2 * intervalInForce(chosen, serverMs));
