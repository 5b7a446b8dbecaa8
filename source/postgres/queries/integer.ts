import {clean} from '../../domain/text/clean.js';
import {shorten} from '../../domain/text/shorten.js';

/** As many digits as 64 bits have at most. */
const digits = /^-?\d{1,19}$/;

type IntegerType = 'int4' | 'int8' | 'oid';

/** Writes an integer into a statement. Statements carry integers only, never names or texts of other sessions. */
export const integer = (value: number | string | undefined, type: IntegerType = 'int8'): string =>
	value === undefined ? `null::${type}` : `'${written(value)}'::${type}`;

/** Writes an array of integers into a statement. */
export const integers = (values: readonly number[], type: IntegerType): string =>
	`'{${values.map(written).join(',')}}'::${type}[]`;

function written(value: number | string): string {
	const text = String(value);
	if (!digits.test(text)) throw new TypeError(`not an integer: ${text}`);
	return text;
}

/** A timestamp as whole microseconds since 1970: exact on every version and whatever DateStyle and TimeZone are. */
export const micros = (expression: string) => `(extract(epoch from ${expression}) * 1000000)::int8`;

/** An integer; int8 arrives as text. Microseconds and counters stay below 2^53. Throws at any other answer: it is no number to count on. */
export function numberOf(value: unknown): number {
	const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
	if (!Number.isSafeInteger(number)) throw noNumber(value);
	return number;
}

/** For any other answer. */
export const noNumber = (value: unknown) =>
	new Error(
		`the server answered ${shorten(clean(JSON.stringify(short(value)) ?? 'nothing'), longestQuote)} where a number belongs`,
	);

/** How much of a wrong answer is shown, in UTF-16 units. */
const longestQuote = 40;

const short = (value: unknown) => (typeof value === 'string' ? value.slice(0, longestQuote) : value);

/** The same where there may be none. */
export const toNumber = (value: unknown): number | undefined =>
	value === null || value === undefined ? undefined : numberOf(value);

/** In UTF-16 units. Only a whole query is longer: a name has 63 bytes, a piece of a query 1,024, and each byte may take four characters. A cell is copied several times, so a longer one is cut. */
const longestCell = 8192;

/** A text as the server has it, to be compared or decoded. What is shown goes through `toClean`. */
export const toText = (value: unknown): string | undefined => toWhole(value)?.slice(0, longestCell);

/** The same, however long it is. */
export const toWhole = (value: unknown): string | undefined =>
	value === null || value === undefined ? undefined : String(value);

/** An integer as it is written, to be compared and never counted with: a hash fills 64 bits. */
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
