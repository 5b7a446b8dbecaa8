import {describe, expect, test} from 'vitest';
import {slotsLeft} from '../../../../source/domain/server/figures/slots-left.js';
import {thresholds} from '../../../../source/domain/server/thresholds.js';
import {backend, invisible, processOf, snapshot} from '../../../helpers/state/backend.js';
import {usualLimits} from '../../../helpers/state/limits.js';

const sessions = (count: number) => Array.from({length: count}, (_, index) => backend(1000 + index));

const left = (count: number, major = 18, maxConnections = 200) =>
	slotsLeft(snapshot(sessions(count), {limits: usualLimits, server: {major, maxConnections}}), thresholds);

describe('the connection slots left for ordinary roles', () => {
	test('are those that nobody has and that are not reserved', () => {
		expect(left(85)).toEqual({count: 112, isMost: false, isNear: false});
		expect(left(200)?.count).toBe(0);
	});

	test.each([
		[200, 187, false],
		[200, 188, true],
		[20, 12, false],
		[20, 13, true],
		[1000, 947, false],
		[1000, 948, true],
	])('of %i are few from the %ith session on: %s', (maxConnections, taken, isNear) => {
		expect(left(taken, 18, maxConnections)?.isNear).toBe(isNear);
	});

	test('may be fewer before 18, where sessions at their login are not listed', () => {
		expect(left(10, 17)?.isMost).toBe(true);
		expect(left(10, 18)?.isMost).toBe(false);
	});

	test('are taken by walsenders in 11, and not from 12 on', () => {
		const of = (major: number) =>
			slotsLeft(
				snapshot([processOf(1, 'walsender'), invisible(2)], {limits: usualLimits, server: {major}}),
				thresholds,
			)?.count;
		expect([of(11), of(12)]).toEqual([195, 196]);
	});

	test('are not known without the limits', () => {
		expect(slotsLeft(snapshot(sessions(1)), thresholds)).toBeUndefined();
	});
});
