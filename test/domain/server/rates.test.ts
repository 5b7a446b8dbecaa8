import {describe, expect, test} from 'vitest';
import {ratesBetween} from '../../../source/domain/server/rates.js';
import type {Counters} from '../../../source/domain/server/snapshot.js';
import {noon, second, snapshot} from '../../helpers/state/backend.js';

const counters: Counters = {commits: 1000, rollbacks: 100, blocksHit: 5000, blocksRead: 500, resetAt: 7};
const {resetAt, ...neverReset} = counters;
const before = snapshot([], {counters});
const later = (changes: Partial<Counters>, seconds = 2, facts = {}) =>
	snapshot([], {at: noon + seconds * second, counters: {...counters, ...changes}, ...facts});

describe('transactions per second', () => {
	test.each([
		['commits and rollbacks of all databases, without our own refresh', {commits: 1181, rollbacks: 120}, 100],
		['none', {commits: 1001}, 0],
		['none, and our own refresh not counted yet', {}, 0],
		['half a one', {commits: 1002}, 0.5],
	])('%s', (_, changes, tps) => {
		expect(ratesBetween(before, later(changes)).tps).toBe(tps);
	});

	test('count the time between the pictures on the server’s clock', () => {
		expect(ratesBetween(before, later({commits: 1401})).tps).toBe(200);
		expect(ratesBetween(before, later({commits: 1101}, 60)).tps).toBeCloseTo(1.667, 3);
	});
});

test.each([0.5, 1, 1.8])('over %s s they would be chance', seconds => {
	expect(ratesBetween(before, later({commits: 1101, blocksHit: 5001}, seconds))).toEqual({hitRatio: 1});
});

describe('the hit ratio', () => {
	test.each([
		[{blocksHit: 5990, blocksRead: 510}, 0.99],
		[{blocksHit: 5000, blocksRead: 600}, 0],
		[{blocksHit: 5001}, 1],
		[{}, undefined],
	])('of %j is %s', (changes, ratio) => {
		expect(ratesBetween(before, later(changes)).hitRatio).toBe(ratio);
	});
});

describe('there are none', () => {
	test.each([
		['of the first picture', undefined, before],
		['after a reset of the statistics', before, later({resetAt: (resetAt ?? 0) + 1, commits: 2000})],
		['after the first reset ever', snapshot([], {counters: neverReset}), later({})],
		['when commits went back', before, later({commits: 5})],
		['when rollbacks went back', before, later({rollbacks: 5})],
		['when hits went back: a database was dropped', before, later({blocksHit: 5})],
		['when reads went back', before, later({blocksRead: 5})],
		['after a restart', before, later({commits: 2000}, 2, {server: {startedAt: noon}})],
		['when no time has passed', before, later({commits: 2000}, 0)],
		['when the clock was set back', before, later({commits: 2000}, -60)],
		['with track_counts off', before, later({commits: 2000, isOff: true})],
		['with track_counts off until now', snapshot([], {counters: {...counters, isOff: true}}), later({})],
		['without counters before', snapshot([]), later({})],
		['without counters now', before, snapshot([], {at: noon + second})],
	])('%s', (_, from, to) => {
		expect(ratesBetween(from, to)).toEqual({});
	});
});
