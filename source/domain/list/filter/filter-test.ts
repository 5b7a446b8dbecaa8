import type {Snapshot} from '../../server/snapshot.js';
import {lookUp} from '../../text/look-up.js';
import {untold} from '../comparable.js';
import type {Filter, FilterTerm} from './filter.js';
import type {FilterWords, ToldText} from './filter-words.js';
import {textTest} from './text-test.js';

/** Whether it matches; undefined where nobody can tell: then its opposite does not match either. */
type Found = boolean | undefined;

/** What a regex was found to match. Undefined where it was not run over this text, or did not come to an end. */
export type RegexMatches = (pattern: string, text: string) => boolean | undefined;

type Find<V> = (value: V, picture: Snapshot) => Found;

/**
Makes the test of a filter.

Between pictures an unchanged row is the same object: of that only clocks are looked at again, and what is known of regexes.
*/
export function filterTest<V extends object>(
	filter: Filter,
	words: FilterWords<V>,
	regexMatches: RegexMatches,
): (value: V, picture: Snapshot) => boolean {
	const shortOf = shortTexts(words);
	const tests = filter.map(term => ({
		isMoving: term.type === 'clock' || term.type === 'regex',
		passes: passesBy(term.isNot, findOf(term, words, regexMatches, shortOf)),
	}));
	const fixed = tests.filter(({isMoving}) => !isMoving);
	const moving = tests.filter(({isMoving}) => isMoving);
	const known = new WeakMap<V, boolean>();

	function passesFixed(value: V, picture: Snapshot): boolean {
		const before = known.get(value);
		if (before !== undefined) return before;
		const passes = fixed.every(test => test.passes(value, picture));
		known.set(value, passes);
		return passes;
	}

	return (value, picture) => passesFixed(value, picture) && moving.every(test => test.passes(value, picture));
}

function passesBy<V>(isNot: boolean, find: Find<V>) {
	return (value: V, picture: Snapshot): boolean => {
		const found = find(value, picture);
		return found !== undefined && found !== isNot;
	};
}

function findOf<V extends object>(
	term: FilterTerm,
	words: FilterWords<V>,
	regexMatches: RegexMatches,
	shortOf: (value: V) => Short,
): Find<V> {
	switch (term.type) {
		case 'any':
			return findAny(term.text, words, shortOf);
		case 'field': {
			const field = words.fields.find(({name}) => name === term.name);
			// It is of another view.
			if (!field) return () => undefined;
			if (term.text === '') return value => isMissing(field.text(value));
			const test = textTest(term.sign === '=' ? (field.equals ?? 'whole') : field.match, term.text);
			return value => foundIn(field.text(value), test);
		}

		case 'clock': {
			const clock = lookUp(words.clocks, term.name);
			const {sign, micros} = term;
			return (value, picture) => {
				const age = clock?.(value, picture);
				if (age === undefined || age === '?') return undefined;
				return sign === '>' ? age > micros : age < micros;
			};
		}

		case 'regex':
			return value => {
				const text = words.regexText(value);
				if (text === untold) return undefined;
				return text === undefined ? false : regexMatches(term.pattern, text);
			};
	}
}

const isMissing = (text: ToldText): Found =>
	text === untold ? undefined : text === undefined || text === '';

const foundIn = (text: ToldText, test: (text: string) => boolean): Found =>
	text === untold ? undefined : text !== undefined && test(text);

/** In a row of which not all is told, what is not found may be there all the same. */
function findAny<V extends object>(
	text: string,
	{number, regexText}: FilterWords<V>,
	shortOf: (value: V) => Short,
): Find<V> {
	const test = textTest('inside', text);
	const isNumber = number !== undefined && /^\d+$/.test(text);
	return value => {
		if (isNumber && String(number(value)) === text) return true;
		const short = shortOf(value);
		if (test(short.text)) return true;
		const found = foundIn(regexText(value), test);
		return found || short.isWhole ? found : undefined;
	};
}

/** The short texts of a row as one, which is searched faster than each. */
type Short = {readonly text: string; readonly isWhole: boolean};

/** Stands between two texts: no text that is safe to print has it. */
const border = '\0';

/** Several words in turn look at the same row. */
function shortTexts<V extends object>({plain}: FilterWords<V>): (value: V) => Short {
	let last: {readonly value: V; readonly short: Short} | undefined;
	return value => {
		if (last?.value === value) return last.short;
		let text = '';
		let isWhole = true;
		for (const read of plain) {
			const one = read(value);
			if (one === untold) isWhole = false;
			else if (one !== undefined) text += border + one;
		}

		last = {value, short: {text, isWhole}};
		return last.short;
	};
}
