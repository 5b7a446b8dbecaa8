import fc from 'fast-check';
import {expect, test} from 'vitest';
import {durationOf, durationText} from '../../../../source/domain/list/filter/duration.js';
import {day, hour, minute, second} from '../../../helpers/state/backend.js';

test.each<[text: string, micros: number | undefined]>([
	['5m', 5 * minute],
	['5min', 5 * minute],
	['5M', 5 * minute],
	['90', 90 * second],
	['1.5', 1.5 * second],
	['1.5h', 90 * minute],
	['2d', 2 * day],
	['500ms', second / 2],
	['7us', 7],
	['0', 0],
	['4m12s', 4 * minute + 12 * second],
	['3d04h', 3 * day + 4 * hour],
	['14h02m', 14 * hour + 2 * minute],
	['100000d', 100_000 * day],
	['100000d1s', Number.POSITIVE_INFINITY],
	['9'.repeat(400), Number.POSITIVE_INFINITY],
	['', undefined],
	['m', undefined],
	['5x', undefined],
	['-5m', undefined],
	['5 m', undefined],
	['1e3', undefined],
	['0x10', undefined],
	['.5s', undefined],
	['5.', undefined],
	['5m5', undefined],
	['٥m', undefined],
])('%s is %s', (text, micros) => {
	expect(durationOf(text)).toBe(micros);
});

test('a time that is written is read as the same', () => {
	fc.assert(
		fc.property(fc.nat({max: 100_000 * day}), micros => {
			expect(durationOf(durationText(micros))).toBe(micros);
		}),
	);
});
