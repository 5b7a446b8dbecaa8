import {type Rights, whyNotSignalled} from '../../../../domain/session/rights.js';
import type {Asked, Question} from '../../../screen/layers.js';

/** Why a tagged session gets no signal: the server would refuse it. */
export const notPermitted = 'not permitted';

/** How many tagged sessions get no signal, for each reason: `2 gone`. */
export function notSignalledWords(asked: readonly Asked[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const {leftOut} of asked)
		if (leftOut !== undefined) counts.set(leftOut, (counts.get(leftOut) ?? 0) + 1);
	return [...counts].map(([why, count]) => `${count} ${why}`);
}

/** What those lack that are not permitted: of the first of them, where it is not the same. */
export function whyNotPermitted({asked, signal}: Question, rights: Rights | undefined): string | undefined {
	const whys = asked.flatMap(({leftOut, facts}) =>
		leftOut === notPermitted && facts && rights ? (whyNotSignalled(facts.backend, rights, signal) ?? []) : [],
	);
	const [first] = whys;
	return first === undefined ? undefined : `${first}${new Set(whys).size > 1 ? ', and others' : ''}`;
}
