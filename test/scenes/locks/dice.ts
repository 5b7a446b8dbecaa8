/** Numbers that look random, and are the same for the same seed. */
export type Dice = {
	/** A whole number from 0 to below this one. */
	below(end: number): number;
	of<Value>(values: readonly [Value, ...Value[]]): Value;
	/** True so often, of 1. */
	chance(share: number): boolean;
};

/** Mulberry32. */
export function throwDice(seed: number): Dice {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (end: number) => Math.floor(next() * end);
	return {
		below,
		of: values => values[below(values.length)] as (typeof values)[0],
		chance: share => next() < share,
	};
}
