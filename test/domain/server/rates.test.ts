import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Counted, countedAfter, ratesOver} from '../../../source/domain/server/rates.js';
import type {Counters, Snapshot} from '../../../source/domain/server/snapshot.js';
import {type Circumstances, noon, second, snapshot} from '../../helpers/state/backend.js';

const counters: Counters = {
	commits: 1000,
	rollbacks: 100,
	blocksHit: 5000,
	blocksRead: 500,
	tempBytes: 0,
	deadlocks: 1,
	conflicts: 2,
	resetAt: 7,
};
const {resetAt, ...neverReset} = counters;
const before = snapshot([], {counters, walBytes: 100});
const later = (changes: Partial<Counters>, seconds = 5, facts: Circumstances = {}) =>
	snapshot([], {at: noon + seconds * second, counters: {...counters, ...changes}, ...facts});

const after = (pictures: readonly Snapshot[]) => pictures.reduce<readonly Counted[]>(countedAfter, []);
const rates = (...pictures: readonly Snapshot[]) => ratesOver(after(pictures));

describe('transactions per second', () => {
	test.each([
		['commits and rollbacks of all databases, without our own refresh', {commits: 1481, rollbacks: 120}, 100],
		['none', {commits: 1001}, 0],
		['none, and our own refresh not counted yet', {}, 0],
		['a fifth of a one', {commits: 1002}, 0.2],
	])('%s', (_, changes, tps) => {
		expect(rates(before, later(changes)).tps).toBe(tps);
	});

	test('are without each refresh between', () => {
		expect(
			rates(before, later({commits: 1201}, 2), later({commits: 1402}, 4), later({commits: 1603}, 6)).tps,
		).toBe(100);
	});

	test('count the time on the server’s clock, and where it counts into a file, that of the file', () => {
		expect(rates(before, later({commits: 1101}, 60)).tps).toBeCloseTo(1.667, 3);
		const written = snapshot([], {counters: {...counters, readAt: noon - second / 2}});
		const next = later({commits: 1401, readAt: noon + 4.5 * second - second}, 5);
		expect(rates(written, next).tps).toBe(100);
	});
});

test.each([0.5, 1, 2, 4.7])('over %s s there are none: they would be chance', seconds => {
	expect(rates(before, later({commits: 1101, blocksHit: 5001}, seconds))).toEqual({});
});

test('every rate is a mean of a second', () => {
	const changes = {
		commits: 1101,
		rollbacks: 110,
		tempBytes: 500,
		deadlocks: 6,
		conflicts: 2,
		blocksHit: 5001,
	};
	expect(rates(before, later(changes, 5, {walBytes: 1100}))).toEqual({
		tps: 22,
		hitRatio: 1,
		rollbacks: 2,
		tempBytes: 100,
		deadlocks: 1,
		conflicts: 0,
		walBytes: 200,
	});
});

test('two pictures five seconds apart suffice, and further apart too', () => {
	for (const seconds of [5, 10, 60])
		expect(rates(before, later({commits: 1001 + 100 * seconds}, seconds)).tps).toBeCloseTo(100, 6);
});

describe('the hit ratio', () => {
	test.each([
		[{blocksHit: 5990, blocksRead: 510}, 0.99],
		[{blocksHit: 5000, blocksRead: 600}, 0],
		[{blocksHit: 5001}, 1],
		[{}, undefined],
	])('of %j is %s', (changes, ratio) => {
		expect(rates(before, later(changes)).hitRatio).toBe(ratio);
	});
});

describe('there are none', () => {
	const without = snapshot([]);
	test.each<[string, readonly Snapshot[]]>([
		['of the first picture', [before]],
		['after a reset of the statistics', [before, later({resetAt: (resetAt ?? 0) + 1, commits: 2000})]],
		['after the first reset ever', [snapshot([], {counters: neverReset}), later({})]],
		['when commits went back', [before, later({commits: 5})]],
		['when rollbacks went back', [before, later({rollbacks: 5})]],
		['when hits went back: a database was dropped', [before, later({blocksHit: 5})]],
		['when reads went back', [before, later({blocksRead: 5})]],
		['when the WAL went back', [before, later({}, 5, {walBytes: 1})]],
		['after a restart', [before, later({commits: 2000}, 5, {server: {startedAt: noon}})]],
		['when no time has passed', [before, later({commits: 2000}, 0)]],
		['when the clock was set back', [before, later({commits: 2000}, -60)]],
		['with track_counts off', [before, later({commits: 2000, isOff: true})]],
		['with track_counts off until now', [snapshot([], {counters: {...counters, isOff: true}}), later({})]],
		['without counters before', [without, later({})]],
		['without counters now', [before, snapshot([], {at: noon + 5 * second})]],
		[
			'until five seconds after a reset',
			[before, later({resetAt: 8, commits: 1}, 5), later({resetAt: 8}, 9)],
		],
	])('%s', (_, pictures) => {
		expect(rates(...pictures)).toEqual({});
	});

	test('of what was reset, and then again', () => {
		const reset = (commits: number, seconds: number) => later({resetAt: 8, commits}, seconds);
		expect(rates(before, reset(1, 5), reset(1002, 10)).tps).toBe(200);
	});
});

/** What sessions have reported by then: each reports once a second or a hundredth later, and then all it has done. */
const reported = (
	rate: number,
	sessions: readonly {readonly first: number; readonly period: number}[],
	at: number,
) =>
	sessions.reduce((sum, {first, period}) => {
		const reports = Math.floor((at - first) / period);
		return sum + Math.floor((rate / sessions.length) * (first + reports * period));
	}, 0);

const session = fc.record({
	first: fc.double({min: 0, max: 1, noNaN: true}),
	period: fc.double({min: 1, max: 1.012, noNaN: true}),
});

test('under a steady load of two sessions nine of ten pictures tell the truth to a tenth, at any interval', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(0.5, 1, 2, 3, 5, 10),
			fc.constantFrom(20, 200, 20_000),
			fc.array(session, {minLength: 2, maxLength: 2}),
			(interval, rate, sessions) => {
				let counted: readonly Counted[] = [];
				const told: (number | undefined)[] = [];
				for (let index = 0; index < 200; index++) {
					const seconds = 10 + index * interval;
					// Each refresh is one commit, and our own session reports as late.
					const own = Math.floor(index - 1 / interval);
					const commits = 1000 + reported(rate, sessions, seconds) + Math.max(0, own);
					counted = countedAfter(counted, later({commits}, seconds));
					told.push(ratesOver(counted).tps);
				}

				const shown = told.filter(tps => tps !== undefined);
				expect(shown.length).toBeGreaterThan(200 - Math.ceil(5 / interval) - 1);
				const near = shown.filter(tps => Math.abs(tps - rate) <= 0.1 * rate);
				expect(near.length / shown.length).toBeGreaterThanOrEqual(0.9);
			},
		),
	);
});

test('whatever is counted, no rate is negative or no number, and few pictures are kept', () => {
	const count = fc.integer({min: 0, max: 1e12});
	const facts = fc.record({
		seconds: fc.double({min: -2, max: 10, noNaN: true}),
		counters: fc.option(
			fc.record({
				commits: count,
				rollbacks: count,
				blocksHit: count,
				blocksRead: count,
				tempBytes: count,
				deadlocks: count,
				conflicts: count,
			}),
			{nil: undefined},
		),
		walBytes: fc.option(count, {nil: undefined}),
	});
	fc.assert(
		fc.property(fc.array(facts, {maxLength: 30}), steps => {
			let at = noon;
			let counted: readonly Counted[] = [];
			for (const step of steps) {
				at += Math.round(step.seconds * second);
				const picture = snapshot([], {
					at,
					...(step.counters && {counters: step.counters}),
					...(step.walBytes !== undefined && {walBytes: step.walBytes}),
				});
				counted = countedAfter(counted, picture);
				for (const value of Object.values(ratesOver(counted))) {
					expect(Number.isFinite(value)).toBe(true);
					expect(value).toBeGreaterThanOrEqual(0);
				}

				// All but the first are younger than the shortest span.
				for (const one of counted.slice(1)) expect(at - one.at).toBeLessThan(5 * second);
			}
		}),
	);
});
