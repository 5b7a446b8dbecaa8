import {clean} from '../../domain/text/clean.js';
import {shorten} from '../../domain/text/shorten.js';

/** As many as 64 bits have at most. */
const digits = /^-?\d{1,19}$/;

/** Statements carry integers only, never names or texts of other sessions: this is where one is written. */
export function integer(value: number | string | undefined, type: 'int4' | 'int8' | 'oid' = 'int8'): string {
	if (value === undefined) return `null::${type}`;
	const text = String(value);
	if (!digits.test(text)) throw new TypeError(`not an integer: ${text}`);
	return `'${text}'::${type}`;
}

/** A timestamp as whole microseconds since 1970: exact on every version and whatever DateStyle and TimeZone are. */
export const micros = (expression: string) => `(extract(epoch from ${expression}) * 1000000)::int8`;

/** An integer; int8 arrives as text; microseconds and counters stay below 2^53. Whatever else a server answers there is no number to count on. */
export function numberOf(value: unknown): number {
	const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
	if (!Number.isSafeInteger(number)) throw noNumber(value);
	return number;
}

const noNumber = (value: unknown) =>
	new Error(
		`the server answered ${shorten(clean(JSON.stringify(short(value)) ?? 'nothing'), longestQuote)} where a number belongs`,
	);

/** How much of what is no number is shown, in characters. */
const longestQuote = 40;

const short = (value: unknown) => (typeof value === 'string' ? value.slice(0, longestQuote) : value);

/** The same where there may be none. */
export const toNumber = (value: unknown): number | undefined =>
	value === null || value === undefined ? undefined : numberOf(value);

/** No cell that is asked for is longer, but the whole of a query: a name has 63 bytes, a piece of a query 1,024, each of which may be written in four characters. What stands in one is copied several times. */
const longestCell = 8192;

/** As the server has it: an identifier to compare, or what is decoded first. What is shown goes through `toClean`. */
export const toText = (value: unknown): string | undefined => toWhole(value)?.slice(0, longestCell);

/** The same, however long it is. */
export const toWhole = (value: unknown): string | undefined =>
	value === null || value === undefined ? undefined : String(value);

/** One that is compared and never counted with, as it is written: a hash fills 64 bits. */
export function toInteger(value: unknown): string | undefined {
	const text = toText(value);
	if (text !== undefined && !digits.test(text)) throw noNumber(value);
	return text;
}

/** Safe to print. */
export const toClean = (value: unknown): string | undefined => {
	const text = toText(value);
	return text === undefined ? undefined : clean(text);
};
