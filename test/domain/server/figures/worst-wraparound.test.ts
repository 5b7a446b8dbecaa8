import {expect, test} from 'vitest';
import {worstWraparound} from '../../../../source/domain/server/figures/worst-wraparound.js';
import type {Limits, Wraparound} from '../../../../source/domain/server/snapshot.js';
import {thresholds} from '../../../../source/domain/server/thresholds.js';
import {snapshot} from '../../../helpers/state/backend.js';
import {usualLimits} from '../../../helpers/state/limits.js';

const million = 1_000_000;

const worst = (wraparound: readonly Wraparound[], limits: Partial<Limits> = {}) =>
	worstWraparound(snapshot([], {wraparound, limits: {...usualLimits, ...limits}}), thresholds);

const shop = (xidAge: number, multixactAge = 0) => ({database: 'shop', xidAge, multixactAge});

test('the database with the oldest ids is named, be they of transactions or of multixacts', () => {
	const others = [
		shop(150 * million, 10),
		{database: 'web', xidAge: 90 * million, multixactAge: 200 * million},
	];
	expect(worst(others)).toMatchObject({
		database: 'web',
		counts: 'multixact',
		age: 200 * million,
		level: 'fine',
	});
	expect(worst(others)?.share).toBeCloseTo(0.0932, 4);
	expect(worst([])).toBeUndefined();
	expect(worstWraparound(snapshot([]), thresholds)).toBeUndefined();
});

test.each([
	['150 million are in order', shop(150 * million), {}, 'fine'],
	[
		'a little over autovacuum_freeze_max_age is in order: autovacuum is at it',
		shop(215 * million),
		{},
		'fine',
	],
	['from 40 % on it is open', shop(860 * million), {}, 'open'],
	['not where autovacuum begins only then', shop(1000 * million), {freezeMaxAge: 1000 * million}, 'fine'],
	['but a tenth later', shop(1100 * million), {freezeMaxAge: 1000 * million}, 'open'],
	['from the failsafe on it is red', shop(1600 * million), {}, 'red'],
	['wherever that is', shop(300 * million), {failsafeAge: 300 * million}, 'red'],
	['and from 75 % on', shop(1610 * million), {failsafeAge: 2100 * million}, 'red'],
	['multixacts have limits of their own', shop(0, 1600 * million), {failsafeAge: 2100 * million}, 'red'],
	[
		'so has what is worse than a larger share',
		shop(900 * million, 500 * million),
		{multixactFailsafeAge: 500 * million},
		'red',
	],
])('%s', (_, database, limits, level) => {
	expect(worst([database], limits)?.level).toBe(level);
});

test('without the limits the share decides', () => {
	const level = (age: number) => worstWraparound(snapshot([], {wraparound: [shop(age)]}), thresholds)?.level;
	expect([150, 900, 1700].map(age => level(age * million))).toEqual(['fine', 'open', 'red']);
});
