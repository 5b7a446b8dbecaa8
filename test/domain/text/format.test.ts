import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	age,
	count,
	nextRoughAge,
	percent,
	roughAge,
	spanWords,
	uptime,
} from '../../../source/domain/text/format.js';

const second = 1e6;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
	[-3 * second, '0.0s'],
	[0, '0.0s'],
	[99_999, '0.0s'],
	[0.4 * second, '0.4s'],
	[9.999 * second, '9.9s'],
	[10 * second, '10s'],
	[12.9 * second, '12s'],
	[59.94 * second, '59s'],
	[minute - 1, '59s'],
	[minute, '1m00s'],
	[4 * minute + 12 * second, '4m12s'],
	[hour - 1, '59m59s'],
	[hour, '1h00m'],
	[14 * hour + 2 * minute, '14h02m'],
	[day - 1, '23h59m'],
	[day, '1d00h'],
	[3 * day + 4 * hour, '3d04h'],
	[100 * day - 1, '99d23h'],
	[100 * day, '100d'],
	[412 * day + 23 * hour, '412d'],
	[1e6 * day, '99999d'],
])('an age of %d µs is %s', (micros, expected) => {
	expect(age(micros)).toBe(expected);
});

test.each([
	[-second, '0s'],
	[4.2 * second, '4s'],
	[59.9 * second, '59s'],
	[12 * day + 4 * hour, '12d04h'],
])('an uptime of %d µs is %s', (micros, expected) => {
	expect(uptime(micros)).toBe(expected);
});

test.each([
	[-second, '0s', 0],
	[0, '0s', second],
	[59.9 * second, '59s', minute],
	[minute, '1m', 2 * minute],
	[4 * minute + 12 * second, '4m', 5 * minute],
	[hour - 1000, '59m', hour],
	[14 * hour + 2 * minute, '14h', 15 * hour],
	[day, '1d', 2 * day],
	[412 * day + 23 * hour, '412d', 413 * day],
])('%d µs are roughly %s, until they are %d', (micros, expected, next) => {
	expect(roughAge(micros / 1000)).toBe(expected);
	expect(nextRoughAge(micros / 1000)).toBe(next / 1000);
});

test.each([
	[0.5 * second, '0.5 s'],
	[10 * second, '10 s'],
	[minute, '60 s'],
	[90 * second, '90 s'],
	[5 * minute, '5 minutes'],
	[hour, '60 minutes'],
])('a limit of %d µs is %s', (micros, expected) => {
	expect(spanWords(micros)).toBe(expected);
});

test.each([
	[-1, '0'],
	[0, '0'],
	[0.4, '0'],
	[9, '9'],
	[999, '999'],
	[999.6, '1.0k'],
	[1000, '1.0k'],
	[1849, '1.8k'],
	[9949, '9.9k'],
	[9950, '10k'],
	[12_345, '12k'],
	[999_499, '999k'],
	[999_500, '1.0M'],
	[1_200_000, '1.2M'],
	[3.1e9, '3.1G'],
	[2e12, '2.0T'],
	[1e15, '1.0P'],
	[1e20, '999P'],
])('%d is %s', (value, expected) => {
	expect(count(value)).toBe(expected);
});

test.each([
	[0, 1, '0.0%'],
	[0.29, 1, '29.0%'],
	[0.992, 1, '99.2%'],
	[0.9999, 1, '99.9%'],
	[1, 1, '100%'],
	[0.0949, 0, '9%'],
	[0.29, 0, '29%'],
	[0.7499, 0, '74%'],
	[1.04, 1, '104%'],
])('%d with %i digits is %s', (ratio, digits, expected) => {
	expect(percent(ratio, digits)).toBe(expected);
});

const units = {s: 1, m: 60, h: 3600, d: 86_400};

/** What an age says, in seconds. */
const secondsOf = (text: string) =>
	[...text.matchAll(/([\d.]+)([smhd])/g)].reduce(
		(sum, [, value, unit]) => sum + Number(value) * units[unit as keyof typeof units],
		0,
	);

test('an age fits its column, never says more than has passed, and never runs back', () => {
	const micros = fc.oneof(fc.nat(20 * second), fc.nat(2 * hour), fc.integer({min: 0, max: 2000 * day}));
	fc.assert(
		fc.property(micros, micros, (one, other) => {
			expect(age(one)).toMatch(/^(\d\.\ds|\d\ds|\d{1,2}m\d\ds|\d{1,2}h\d\dm|\d{1,2}d\d\dh|\d{3,5}d)$/);
			expect(secondsOf(age(one))).toBeLessThanOrEqual(one / second);
			expect(secondsOf(age(Math.max(one, other)))).toBeGreaterThanOrEqual(
				secondsOf(age(Math.min(one, other))),
			);
		}),
	);
});

test('a count is at most 4 wide and never runs back', () => {
	const scale = {k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15};
	const numberOf = (text: string) =>
		Number.parseFloat(text) * (scale[text.at(-1) as keyof typeof scale] ?? 1);
	const value = fc
		.tuple(fc.double({min: 0, max: 10, noNaN: true}), fc.integer({min: 0, max: 18}))
		.map(([digits, power]) => digits * 10 ** power);
	fc.assert(
		fc.property(value, value, (one, other) => {
			expect(count(one).length).toBeLessThanOrEqual(4);
			expect(numberOf(count(Math.max(one, other)))).toBeGreaterThanOrEqual(
				numberOf(count(Math.min(one, other))),
			);
		}),
	);
});
