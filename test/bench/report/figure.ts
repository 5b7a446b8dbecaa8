/** What is measured side by side: the program, and what a user would run instead. */
export const programNames = ['pgtop', 'pg_activity', 'pg_top'] as const;

export type ProgramName = (typeof programNames)[number];

export type Figure = {
	/** What was measured, and at how many backends. */
	readonly name: string;
	readonly unit: 'ms' | 'bytes' | 'MB' | 'count' | '%';
	/** Absent where a program has no such thing, or it could not be read. */
	readonly values: Readonly<{[name in ProgramName]?: number | undefined}>;
	/** What has to be known of this one. */
	readonly note?: string | undefined;
};

/** The middle one, or the middle of the two; undefined of none. */
export function median(values: readonly number[]): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
	return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The smallest one that so many per cent do not exceed; undefined of none. */
export function percentile(values: readonly number[], percent: number): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}
