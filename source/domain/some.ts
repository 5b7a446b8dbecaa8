/** One or many, never none. */
export type Some<T> = readonly [T, ...T[]];

/** The first of some is there: so many come out as went in. */
export const mapSome = <T, U>([first, ...others]: Some<T>, to: (one: T, index: number) => U): Some<U> => [
	to(first, 0),
	...others.map((one, index) => to(one, index + 1)),
];

/** The same list, where it has any. */
export const someOf = <T>([first, ...others]: readonly T[]): Some<T> | undefined =>
	first === undefined ? undefined : [first, ...others];
