import type {Micros} from '../micros.js';
import type {Age} from '../session/time.js';

const longestDays = 99_999;

const two = (value: number) => String(value).padStart(2, '0');

/** A time span of whole seconds: `12s` `4m12s` `14h02m` `3d04h` `412d`, at most 6 wide. */
function spanOf(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const days = Math.floor(hours / 24);
	if (minutes === 0) return `${seconds}s`;
	if (hours === 0) return `${minutes}m${two(seconds % 60)}s`;
	if (days === 0) return `${hours}h${two(minutes % 60)}m`;
	return days < 100 ? `${days}d${two(hours % 24)}h` : `${Math.min(days, longestDays)}d`;
}

/** An age, at most 6 wide, rounded down: 59.9 s are `59s`. It has tenths below 10 s. */
export function age(micros: Exclude<Age, undefined>): string {
	if (micros === '?') return '?';
	const tenths = Math.max(0, Math.floor(micros / 1e5));
	return tenths < 100 ? `${(tenths / 10).toFixed(1)}s` : spanOf(Math.floor(tenths / 10));
}

/** An age without tenths, at most 6 wide. */
export const uptime = (micros: Exclude<Age, undefined>): string =>
	micros === '?' ? '?' : spanOf(Math.max(0, Math.floor(micros / 1e6)));

const units = [
	{ms: 86_400_000, sign: 'd'},
	{ms: 3_600_000, sign: 'h'},
	{ms: 60_000, sign: 'm'},
] as const;

const unitOf = (ms: number) => units.find(unit => ms >= unit.ms) ?? {ms: 1000, sign: 's'};

/** A limit in a sentence, as long as it is: `10 s` `0.5 s` `5 minutes`. */
export function spanWords(micros: Micros): string {
	const seconds = micros / 1e6;
	return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} s`;
}

/** How long something is ago, in its largest unit, rounded down: `12s` `4m` `14h` `412d`. So it changes rarely. */
export function roughAge(ms: number): string {
	const unit = unitOf(ms);
	return `${Math.max(0, Math.floor(ms / unit.ms))}${unit.sign}`;
}

/** The age, in milliseconds, at which its rough age changes next. */
export function nextRoughAge(ms: number): number {
	const unit = unitOf(ms);
	return (Math.floor(ms / unit.ms) + 1) * unit.ms;
}

/** The time of day in a zone so far east of UTC: `14:03:07`. */
export const timeOfDay = (at: Micros, offsetSeconds: number): string =>
	new Date(at / 1000 + offsetSeconds * 1000).toISOString().slice(11, 19);

/** A count or a rate, at most 4 wide: `0` `999` `1.8k` `12k` `1.2M`. */
export function count(value: number): string {
	let scaled = Math.max(0, Math.round(value));
	if (scaled < 1000) return String(scaled);
	for (const unit of 'kMGTP') {
		scaled /= 1000;
		if (scaled < 9.95) return scaled.toFixed(1) + unit;
		if (scaled < 999.5) return Math.round(scaled) + unit;
	}

	return '999P';
}

/** An amount of data in units of 1024, as PostgreSQL counts, at most 4 wide: `0B` `512B` `1.8k` `12M`. */
export function dataSize(bytes: number): string {
	let scaled = Math.max(0, Math.round(bytes));
	if (scaled < 1000) return `${scaled}B`;
	for (const unit of 'kMGTP') {
		scaled /= 1024;
		if (scaled < 9.95) return scaled.toFixed(1) + unit;
		if (scaled < 999.5) return Math.round(scaled) + unit;
	}

	return '999P';
}

/** The same in a sentence: `0B` `512B` `1.8kB` `12MB`. */
export const dataWords = (bytes: number): string => dataSize(bytes).replace(/[^B]$/, '$&B');

/** Of something rare, how often a second, at most 4 wide: `0` `<0.1` `0.4` `12`. */
export function rareRate(perSecond: number): string {
	if (perSecond <= 0) return '0';
	if (perSecond < 0.05) return '<0.1';
	return perSecond < 9.95 ? perSecond.toFixed(1) : count(perSecond);
}

/** A share: `99.2%`. Never rounded up: `100%` is all of it. */
export function percent(ratio: number, digits = 1): string {
	// 0.29 × 100 is a little less than 29 in a double.
	const shown = Math.floor(Math.max(0, ratio) * 100 * 10 ** digits + 1e-6) / 10 ** digits;
	return `${shown.toFixed(shown >= 100 ? 0 : digits)}%`;
}
