import {expect, test} from 'vitest';
import {isTelling, isWithoutQuery, knownStates, shortState} from '../../../source/domain/session/states.js';

test.each<[state: string | undefined, isWithout: boolean, isTold: boolean]>([
	['active', false, true],
	['idle', true, true],
	['idle in transaction', true, true],
	['idle in transaction (aborted)', true, true],
	// Whatever a newer server calls it, no query runs in it.
	['idle in transaction (prepared)', true, false],
	['fastpath function call', false, true],
	['starting', true, true],
	['disabled', false, false],
	['another', false, false],
	[undefined, false, false],
])('in %s a session runs no query: %s, and its state tells what it does: %s', (state, isWithout, isTold) => {
	expect(isWithoutQuery(state)).toBe(isWithout);
	expect(isTelling(state)).toBe(isTold);
});

test('every state fits its column of eight cells', () => {
	expect(knownStates.map(shortState).filter(({length}) => length > 8)).toEqual([]);
});
