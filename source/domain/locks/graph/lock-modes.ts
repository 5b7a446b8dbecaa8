/** The modes of a lock from the weakest to the strongest. The number of a mode is its place here. */
export const lockModes = [
	'AccessShareLock',
	'RowShareLock',
	'RowExclusiveLock',
	'ShareUpdateExclusiveLock',
	'ShareLock',
	'ShareRowExclusiveLock',
	'ExclusiveLock',
	'AccessExclusiveLock',
] as const;

/** With which modes each one conflicts, by their numbers: the table of the server's manual. */
const conflicts: readonly (readonly number[])[] = [
	[7],
	[6, 7],
	[4, 5, 6, 7],
	[3, 4, 5, 6, 7],
	[2, 3, 5, 6, 7],
	[2, 3, 4, 5, 6, 7],
	[1, 2, 3, 4, 5, 6, 7],
	[0, 1, 2, 3, 4, 5, 6, 7],
];

const masks = conflicts.map(numbers => numbers.reduce((mask, number) => mask | (1 << number), 0));

const numbers: ReadonlyMap<string, number> = new Map(lockModes.map((mode, number) => [mode, number]));

/** The number of a mode. Undefined of one that pgtop does not know: that conflicts with nothing. */
export const modeNumber = (mode: string): number | undefined => numbers.get(mode);

/** Whether one of two requests for the same object has to wait for the other. */
export const isConflict = (one: number, other: number): boolean => ((masks[one] ?? 0) >> other) % 2 === 1;
