/** Stands for a value that exists but can't be told. A symbol, because a server may send any text. */
export const untold: unique symbol = Symbol('?');

/** A value of a row; undefined where there is none. */
export type Comparable = number | string | typeof untold | undefined;

/** How a value is shown where nothing else is said of it. */
export const textOfValue = (value: Comparable): string =>
	value === undefined ? '' : value === untold ? '?' : String(value);

/** In both directions values stand first, then those that are missing, then those that can't be told. */
export function compareValues(a: Comparable, b: Comparable, isDescending = false): number {
	if (typeof a === 'number' && typeof b === 'number') return isDescending ? b - a : a - b;
	const ranks = rankOf(a) - rankOf(b);
	if (ranks !== 0 || a === undefined || a === untold) return ranks;
	const order = compareTexts(String(a), String(b));
	return isDescending ? -order : order;
}

const rankOf = (value: Comparable) => (value === untold ? 2 : value === undefined ? 1 : 0);

/** Alike on every machine, whatever its locale. */
const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
