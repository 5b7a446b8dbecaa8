const largestShare = 0.05;

/** The interval in force, in milliseconds: longer than the chosen one when refreshes, of which the last three cost this much, would take the server more than 5 % of its time. */
export function intervalInForce(chosen: number, serverMs: readonly number[]): number {
	if (serverMs.length < 3) return chosen;
	const median = [...serverMs].sort((a, b) => a - b)[1] ?? 0;
	return Math.max(chosen, Math.ceil(median / largestShare));
}

/** How old the picture may be before that is an alert, in milliseconds; `interval` is the one in force. */
export const staleAfter = (interval: number) => Math.max(3000, 2 * interval);
