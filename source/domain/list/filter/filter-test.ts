import type {Micros} from '../../micros.js';
import {lookUp} from '../../text/look-up.js';
import {untold} from '../comparable.js';
import type {Filter, FilterTerm} from './filter.js';
import type {FieldMatch, FilterWords, ToldTexts} from './filter-words.js';

/** Whether it matches; undefined where nobody can tell: then its opposite does not match either. */
type Found = boolean | undefined;

/** What a regex was found to match. Undefined where it was not run over this text, or did not come to an end. */
export type RegexMatches = (pattern: string, text: string) => boolean | undefined;

/**
Makes the test of a filter.

Between pictures an unchanged row is the same object: of that only clocks are looked at again, and what is known of regexes.
*/
export function filterTest<V extends object>(
	filter: Filter,
	words: FilterWords<V>,
	regexMatches: RegexMatches,
): (value: V, at: Micros) => boolean {
	const fixed = filter.flatMap(term => fixedTest(term, words));
	const moving = filter.flatMap(term => movingTest(term, words, regexMatches));
	const known = new WeakMap<V, boolean>();
	const passesFixed = (value: V) => {
		const before = known.get(value);
		if (before !== undefined) return before;
		const plain = once(() => plainTexts(value, words));
		const passes = fixed.every(test => test(value, plain));
		known.set(value, passes);
		return passes;
	};

	return (value, at) => passesFixed(value) && moving.every(test => test(value, at));
}

const passes = (found: Found, {isNot}: FilterTerm) => found !== undefined && found !== isNot;

type Plain = {readonly texts: readonly string[]; readonly isWhole: boolean};

type FixedTest<V> = (value: V, plain: () => Plain) => boolean;

/** The test of what a row says as long as it is the same. */
function fixedTest<V extends object>(term: FilterTerm, words: FilterWords<V>): readonly FixedTest<V>[] {
	switch (term.type) {
		case 'any': {
			const wanted = fold(term.text);
			const number = /^\d+$/.test(wanted) ? wanted : undefined;
			return [
				(value, plain) => {
					if (number !== undefined && words.number?.(value).toString() === number) return !term.isNot;
					const {texts, isWhole} = plain();
					const isFound = texts.some(text => text.includes(wanted));
					return passes(isFound || isWhole ? isFound : undefined, term);
				},
			];
		}

		case 'field': {
			const field = words.fields.find(({name}) => name === term.name);
			// It is of another view.
			if (!field) return [() => false];
			const test = textTest(term.sign === '=' ? (field.equals ?? 'whole') : field.match, fold(term.text));
			return [value => passes(foundIn(field.texts(value), test), term)];
		}

		case 'clock':
		case 'regex':
			return [];
	}
}

type MovingTest<V> = (value: V, at: Micros) => boolean;

/** The test of what changes of itself. */
function movingTest<V extends object>(
	term: FilterTerm,
	words: FilterWords<V>,
	regexMatches: RegexMatches,
): readonly MovingTest<V>[] {
	switch (term.type) {
		case 'any':
		case 'field':
			return [];
		case 'clock': {
			const clock = lookUp(words.clocks, term.name);
			return [
				(value, at) => {
					const age = clock?.(value, at);
					if (age === undefined || age === '?') return false;
					return passes(term.sign === '>' ? age > term.micros : age < term.micros, term);
				},
			];
		}

		case 'regex':
			return [
				value => {
					const text = words.regexText(value);
					if (text === untold) return false;
					return passes(text === undefined ? false : regexMatches(term.pattern, text), term);
				},
			];
	}
}

const fold = (text: string) => text.toLowerCase();

function textTest(match: FieldMatch, wanted: string): (text: string) => boolean {
	if (typeof match === 'function') return text => match(wanted, text);
	switch (match) {
		case 'inside':
			return text => text.includes(wanted);
		case 'start':
			return text => text.startsWith(wanted);
		case 'whole':
			return text => text === wanted;
	}
}

const foundIn = (texts: ToldTexts, test: (text: string) => boolean): Found =>
	texts === untold ? undefined : texts.some(text => test(fold(text)));

/** All that a plain word looks at. Not whole where something is not told: what is not found may stand there. */
function plainTexts<V extends object>(value: V, {plain}: FilterWords<V>): Plain {
	const texts = plain.map(read => read(value));
	return {
		texts: texts.flatMap(text => (text === untold ? [] : text.map(fold))),
		isWhole: !texts.includes(untold),
	};
}

function once<Value>(make: () => Value): () => Value {
	let made: {readonly value: Value} | undefined;
	return () => {
		made ??= {value: make()};
		return made.value;
	};
}
