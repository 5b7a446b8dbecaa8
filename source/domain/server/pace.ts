/** The middle one; 0 of none. */
export const medianOf = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const largestShare = 0.05;

/** In milliseconds. Only who has chosen a longer one waits longer for a picture. */
const longestStretched = 10_000;

/**
The interval in force, in milliseconds. `serverMs` is what each of the last three refreshes cost the server. Where refreshes would take more than 5 % of its time, the interval is longer than the chosen one. Each failure in a row doubles it. Neither makes more than ten seconds of it.
*/
export function intervalInForce(chosen: number, serverMs: readonly number[], failures = 0): number {
	const cost = serverMs.length < 3 ? 0 : medianOf(serverMs);
	const wanted = Math.max(chosen, Math.ceil(cost / largestShare)) * 2 ** failures;
	return Math.max(chosen, Math.min(longestStretched, wanted));
}

const seconds = (ms: number) => `${ms / 1000}s`;

/** `2s`; `2s>6s` where the one in force is longer than the chosen one. */
export const intervalWords = (chosen: number, inForce: number): string =>
	inForce > chosen ? `${seconds(chosen)}>${Math.ceil(inForce / 1000)}s` : seconds(chosen);

/** In milliseconds. */
const leastStale = 5000;

/** How old the picture may be before its age is an alert, in milliseconds. Failures do not allow more. */
export const staleAfter = (chosen: number, serverMs: readonly number[]) =>
	Math.max(leastStale, 3 * intervalInForce(chosen, serverMs));
