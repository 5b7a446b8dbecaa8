import type {Asked} from '../../../screen/layers.js';

/** How many tagged sessions get no signal, for each reason: `2 gone`. */
export function notSignalledWords(asked: readonly Asked[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const {leftOut} of asked)
		if (leftOut !== undefined) counts.set(leftOut, (counts.get(leftOut) ?? 0) + 1);
	return [...counts].map(([why, count]) => `${count} ${why}`);
}
