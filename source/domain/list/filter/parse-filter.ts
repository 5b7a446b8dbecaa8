import {clean} from '../../text/clean.js';
import {lookUp} from '../../text/look-up.js';
import {shorten} from '../../text/shorten.js';
import {durationOf, longestDays} from './duration.js';
import {type Filter, type FilterTerm, ownClock} from './filter.js';
import type {FilterField, FilterWords} from './filter-words.js';
import {type RawTerm, readTerm} from './raw-term.js';
import {regexFlags} from './regex-flags.js';

/** A filter, or what is wrong with it: one sentence that fits in 78 cells. */
export type ParsedFilter =
	| {readonly type: 'filter'; readonly filter: Filter}
	| {readonly type: 'bad'; readonly sentence: string};

/** Reads what a person has typed. */
export function parseFilter<V extends object>(text: string, words: FilterWords<V>): ParsedFilter {
	const filter: FilterTerm[] = [];
	let rest = text.trimStart();
	while (rest !== '') {
		const read = readTerm(rest);
		if (read.type === 'bad') return read;
		const term = termOf(read.term, read.isNot, words);
		if (typeof term === 'string') return {type: 'bad', sentence: term};
		filter.push(term);
		rest = rest.slice(read.length).trimStart();
	}

	return {type: 'filter', filter};
}

/** A term, or a sentence on what is wrong with it. */
function termOf<V extends object>(raw: RawTerm, isNot: boolean, words: FilterWords<V>): FilterTerm | string {
	if (raw.type === 'regex') {
		const fault = regexFault(raw.pattern);
		return fault ?? {type: 'regex', isNot, pattern: raw.pattern};
	}

	const {head, text, isQuoted} = raw;
	const name = head.slice(0, -1).toLowerCase();
	const sign = head.at(-1);
	if (sign === '<' || sign === '>') return clockTerm(name || ownClock, sign, text, isNot, words);
	if (sign !== ':' && sign !== '=') return {type: 'any', isNot, text};
	const field = words.fields.find(one => one.name === name || one.also?.includes(name));
	if (!field) return unknownField(name, words);
	const isEmpty = isQuoted && text === '' && !field.allowed && !field.isNumber;
	const fault = isEmpty ? undefined : fieldFault(field, sign, text);
	return fault ?? {type: 'field', isNot, name: field.name, sign, text};
}

/** It may be meant as a plain word, or be a clock. */
const unknownField = <V extends object>(name: string, {fields, clocks}: FilterWords<V>) =>
	lookUp(clocks, name)
		? `${name} is a time: ${name}>5m`
		: `no field ${shorten(name, 12)}: ${fields.map(one => one.name).join(' ')}; or quote it`;

function fieldFault<V>(
	{name, allowed, alsoAllowed = [], isNumber}: FilterField<V>,
	sign: string,
	text: string,
) {
	if (text === '') return `${name}${sign} needs a value`;
	if (allowed && ![...allowed, ...alsoAllowed].includes(text.toLowerCase()))
		return `no ${name} ${shorten(clean(text), 20)}: ${allowed.join(' ')}`;
	return isNumber && !/^-?\d+$/.test(text) ? `${name}${sign} needs a number` : undefined;
}

function clockTerm<V extends object>(
	name: string,
	sign: '<' | '>',
	text: string,
	isNot: boolean,
	{clocks}: FilterWords<V>,
): FilterTerm | string {
	if (!lookUp(clocks, name)) return `${sign} is for times: ${Object.keys(clocks).join(' ')}; or quote it`;
	const micros = durationOf(text);
	const example = `${name === ownClock ? '' : name}${sign}`;
	if (micros === undefined) return `a time is a number with s, m, h or d: ${example}5m`;
	if (micros === Number.POSITIVE_INFINITY)
		return `a time can't be so long: ${example}${longestDays}d at most`;
	return {type: 'clock', isNot, name, sign, micros};
}

function regexFault(pattern: string): string | undefined {
	try {
		regexFlags(pattern);
		return undefined;
	} catch (error) {
		const said = error instanceof Error ? error.message : '';
		// The engine repeats the pattern before its reason.
		return shorten(`bad regex: ${clean(said.replace(/^.*\/i: /s, ''))}`, 78);
	}
}
