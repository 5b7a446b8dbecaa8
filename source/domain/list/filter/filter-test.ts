import type {Micros} from '../../micros.js';
import {lookUp} from '../../text/look-up.js';
import {untold} from '../comparable.js';
import type {Filter, FilterTerm} from './filter.js';
import type {FilterWords, ToldTexts} from './filter-words.js';
import {textTest} from './text-test.js';

/** Whether it matches; undefined where nobody can tell: then its opposite does not match either. */
type Found = boolean | undefined;

/** What a regex was found to match. Undefined where it was not run over this text, or did not come to an end. */
export type RegexMatches = (pattern: string, text: string) => boolean | undefined;

type Find<V> = (value: V, at: Micros) => Found;

/**
Makes the test of a filter.

Between pictures an unchanged row is the same object: of that only clocks are looked at again, and what is known of regexes.
*/
export function filterTest<V extends object>(
	filter: Filter,
	words: FilterWords<V>,
	regexMatches: RegexMatches,
): (value: V, at: Micros) => boolean {
	const tests = filter.map(term => ({
		isMoving: term.type === 'clock' || term.type === 'regex',
		passes: passesBy(term.isNot, findOf(term, words, regexMatches)),
	}));
	const fixed = tests.filter(({isMoving}) => !isMoving);
	const moving = tests.filter(({isMoving}) => isMoving);
	const known = new WeakMap<V, boolean>();

	function passesFixed(value: V, at: Micros): boolean {
		const before = known.get(value);
		if (before !== undefined) return before;
		const passes = fixed.every(test => test.passes(value, at));
		known.set(value, passes);
		return passes;
	}

	return (value, at) => passesFixed(value, at) && moving.every(test => test.passes(value, at));
}

function passesBy<V>(isNot: boolean, find: Find<V>) {
	return (value: V, at: Micros): boolean => {
		const found = find(value, at);
		return found !== undefined && found !== isNot;
	};
}

function findOf<V extends object>(
	term: FilterTerm,
	words: FilterWords<V>,
	regexMatches: RegexMatches,
): Find<V> {
	switch (term.type) {
		case 'any':
			return findAny(term.text, words);
		case 'field': {
			const field = words.fields.find(({name}) => name === term.name);
			// It is of another view.
			if (!field) return () => undefined;
			const test = textTest(term.sign === '=' ? (field.equals ?? 'whole') : field.match, term.text);
			return value => foundIn(field.texts(value), test);
		}

		case 'clock': {
			const clock = lookUp(words.clocks, term.name);
			const {sign, micros} = term;
			return (value, at) => {
				const age = clock?.(value, at);
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

const foundIn = (texts: ToldTexts, test: (text: string) => boolean): Found =>
	texts === untold ? undefined : texts.some(test);

/** In a row of which not all is told, what is not found may be there all the same. */
function findAny<V extends object>(text: string, {plain, number}: FilterWords<V>): Find<V> {
	const test = textTest('inside', text);
	const isNumber = number !== undefined && /^\d+$/.test(text);
	return value => {
		if (isNumber && String(number(value)) === text) return true;
		let found: Found = false;
		for (const read of plain) {
			const here = foundIn(read(value), test);
			if (here) return true;
			found = here === undefined ? undefined : found;
		}

		return found;
	};
}
