import {amountIn, sizeUnits, timeUnits, type Units} from '../../domain/configuration/amounts.js';
import {quoteShort} from '../../domain/configuration/quote-toml.js';
import {columnsNamed} from '../../domain/list/named/columns-named.js';
import {sortNamed} from '../../domain/list/named/sort-named.js';
import {mayBeRepeated} from '../../domain/text/secrets/not-this.js';
import {takes, type ValueKind} from '../../tables/configuration.js';
import {columns} from '../../views/sessions/columns.js';

type ValueRead =
	| {readonly type: 'value'; readonly value: unknown}
	/** In words that follow the name of the key. */
	| {readonly type: 'wrong'; readonly why: string};

/** What stands there instead. What may be a password is not repeated. */
function notRaw(raw: unknown): string {
	if (typeof raw === 'string') return mayBeRepeated(raw) ? `, not ${quoteShort(raw)}` : '';
	if (typeof raw === 'number' || typeof raw === 'boolean') return `, not ${raw}`;
	if (raw instanceof Date) return ', not a date';
	return Array.isArray(raw) ? ', not this list' : ', not a table';
}

const isText = (value: unknown): value is string => typeof value === 'string';

const textsIn = (raw: unknown): readonly string[] | undefined =>
	Array.isArray(raw) && raw.every(isText) ? raw : undefined;

function amountOf(raw: unknown, range: readonly [string, string], units: Units): number | undefined {
	const amount = isText(raw) ? amountIn(raw, units) : undefined;
	const [least = 0, most = 0] = range.map(limit => amountIn(limit, units));
	return amount !== undefined && amount >= least && amount <= most ? amount : undefined;
}

function numberOf(raw: unknown, {range, scale = 1, isWhole}: Extract<ValueKind, {readonly type: 'number'}>) {
	const fits = typeof raw === 'number' && raw >= range[0] && raw <= range[1];
	return fits && (!isWhole || Number.isInteger(raw)) ? raw * scale : undefined;
}

/** The value as the program keeps it; undefined where the file has another kind of value there, or one that is out of range. */
function plainValue(kind: ValueKind, raw: unknown): unknown {
	switch (kind.type) {
		case 'number':
			return numberOf(raw, kind);
		case 'choice':
			return isText(raw) && kind.choices.includes(raw) ? raw : undefined;
		case 'time':
			return amountOf(raw, kind.range, timeUnits);
		case 'size':
			return amountOf(raw, kind.range, sizeUnits);
		case 'switch':
			return typeof raw === 'boolean' ? raw : undefined;
		case 'sort':
			return isText(raw) ? raw : undefined;
		case 'columns':
		case 'roles':
			return textsIn(raw);
	}
}

/** Names of columns become their ids. */
function idsFor(kind: ValueKind, value: unknown): ValueRead {
	const named =
		kind.type === 'columns'
			? columnsNamed(value as readonly string[], columns)
			: kind.type === 'sort'
				? sortNamed(value as string, columns)
				: undefined;
	switch (named?.type) {
		case undefined:
			return {type: 'value', value};
		case 'columns':
			return {type: 'value', value: named.ids};
		case 'sort':
			return {type: 'value', value: named.sort};
		case 'wrong':
			return {type: 'wrong', why: `: ${named.why}`};
	}
}

/** The value of a key, or what is wrong with it. */
export function readValue(kind: ValueKind, raw: unknown): ValueRead {
	const value = plainValue(kind, raw);
	return value === undefined
		? {type: 'wrong', why: ` takes ${takes(kind)}${notRaw(raw)}`}
		: idsFor(kind, value);
}
