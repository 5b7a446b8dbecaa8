import type {Micros} from '../../micros.js';
import {lookUp} from '../../text/look-up.js';

/** The first of those that fit is written. */
const units: Readonly<Record<string, Micros>> = {
	d: 86_400_000_000,
	h: 3_600_000_000,
	m: 60_000_000,
	min: 60_000_000,
	s: 1_000_000,
	ms: 1000,
	us: 1,
};

/** Up to here microseconds are exact. */
export const longestDays = 100_000;

const duration = /^(?:\d+(?:\.\d+)?(?:[mu]s|min|[smhd]))+$/i;

/** Reads `5m` `1.5h` `500ms` `4m12s`; a bare number is seconds. Undefined where it is none, Infinity where it is too long. */
export function durationOf(text: string): Micros | undefined {
	const written = /^\d+(?:\.\d+)?$/.test(text) ? `${text}s` : text;
	if (!duration.test(written)) return undefined;
	let sum = 0;
	for (const [, number, unit = ''] of written.matchAll(/([\d.]+)([a-z]+)/gi))
		sum += Math.round(Number(number) * (lookUp(units, unit.toLowerCase()) ?? Number.NaN));
	return sum > longestDays * 86_400_000_000 ? Number.POSITIVE_INFINITY : sum;
}

/** Writes it so that the same is read again. */
export function durationText(micros: Micros): string {
	const [unit, size] = Object.entries(units).find(([, one]) => micros > 0 && micros % one === 0) ?? ['s', 1];
	return `${micros / size}${unit}`;
}
