import {assignedValue, restOfSetting, sqlName, valueInList} from './bare-passwords.js';
import {maskedConnection} from './masked-connection.js';
import {behindWord, mask, passwordWord} from './password-words.js';

const token = new RegExp(
	`\\s+|"(?:[^"]|"")*(?:"|$)|identified\\s+by\\b|${sqlName}|\\d[\\w.]*|\\$\\d+|::|:=|=>|[^]`,
	'iy',
);
const startsAsName = new RegExp(`^${sqlName}`);
const isAssignment = (text: string) => [':=', '=>', '=', ':'].includes(text);

type Statement = {
	depth: number;
	/** Depth of the parentheses around the word password, and around what starts a list of values. */
	wordDepth: number;
	valuesDepth: number;
	/** About a role or a setting: what stands behind the word is a password, or one of a few other words. */
	isOfSetting: boolean;
	isUpdate: boolean;
	hasWord: boolean;
};

const noStatement: Readonly<Statement> = {
	depth: 0,
	wordDepth: 0,
	valuesDepth: Infinity,
	isOfSetting: false,
	isUpdate: false,
	hasWord: false,
};

type State = Statement & {
	/** The word was somewhere before, even in a comment. */
	isAfterWord: boolean;
	/** What stood just before, with nothing but blanks and comments between. */
	near: 'word' | 'comparison' | 'assignment' | undefined;
	/** The word is the name of a table: what is in parentheses behind it are columns. */
	isTable: boolean;
	/** The token before, in small letters. */
	before: string;
	/** Something masked ended just here. */
	isAtQuote: boolean;
	/** The inside and the outside of quotes have changed places, as in `''secret''`: nothing of the rest is shown. */
	isLost: boolean;
};

type Masker = {
	/** The next stretch of code; no URI has a password in it any more. */
	masked(code: string): string;
	/** Tells that the word password was outside of code. */
	hasWord(): void;
	hasConstant(): void;
	/** Whether a comment here may hold the password. */
	isNearWord(): boolean;
	readonly state: Readonly<Pick<State, 'isAfterWord' | 'isLost'>>;
};

/**
Masks what should have stood in quotes, and did not: the server refuses such a query, and shows it all the same. One masker goes through all the code of a text, because what a word means depends on what was before it.
*/
export function codeMasker(): Masker {
	const state: State = {
		...noStatement,
		isAfterWord: false,
		near: undefined,
		isTable: false,
		before: '',
		isAtQuote: false,
		isLost: false,
	};
	return {
		masked: code => maskedCode(state, code),
		hasWord() {
			state.isAfterWord = true;
		},
		hasConstant() {
			state.near = undefined;
			state.before = "'";
			state.isAtQuote = state.isAfterWord;
		},
		isNearWord: () => state.near !== undefined || isInRest(state),
		state,
	};
}

function maskedCode(state: State, code: string): string {
	let result = '';
	let at = 0;
	while (at < code.length) {
		if (state.isAtQuote && /[\w"\u0080-\uFFFF]/.test(code.charAt(at))) {
			state.isLost = true;
			return `${result}${mask}`;
		}

		const bare = matchAt(bareOf(state, code, at), code, at);
		const text = bare || matchAt(token, code, at);
		at += text.length;
		const shown = bare ? mask : shownToken(state, text, code.charAt(at));
		result += shown;
		state.isAtQuote = text.startsWith('"') && shown !== text;
		if (bare) Object.assign(state, {near: undefined, before: ''});
		// What follows says whether `pass` is meant as the word.
		else if (text.trim() !== '') follow(state, text, code.slice(at).trimStart().slice(0, 2));
	}

	return result;
}

function matchAt(pattern: RegExp | undefined, code: string, at: number): string {
	if (!pattern) return '';
	pattern.lastIndex = at;
	return pattern.exec(code)?.[0] ?? '';
}

const isInRest = ({isOfSetting, hasWord}: State) => isOfSetting && hasWord;
const isInValues = ({isAfterWord, depth, valuesDepth}: State) => isAfterWord && depth > valuesDepth;

/** What a password without quotes would look like here. */
function bareOf(state: State, code: string, at: number): RegExp | undefined {
	if (isInRest(state)) {
		const isOperator = state.near === 'word' && isAssignment(matchAt(token, code, at));
		return isOperator ? undefined : restOfSetting;
	}

	if (state.near === 'assignment') return assignedValue;
	return isInValues(state) || state.near === 'comparison' ? valueInList : undefined;
}

const aloneInQuotes = /^"[\w$]*"$/;

function shownToken(state: State, text: string, next: string): string {
	if (text.startsWith('"')) {
		const isInList = isInValues(state) || (state.isAfterWord && state.depth > state.wordDepth);
		const isColumn =
			next === '.' ||
			/^(?:\.|from|join)$/.test(state.before) ||
			(passwordWord.test(text) && aloneInQuotes.test(text));
		if (state.near !== undefined || isInRest(state) || (isInList && !isColumn)) return `"${mask}"`;
		const close = text.length > 1 && text.endsWith('"') ? '"' : '';
		return `"${behindWord(text.slice(1, text.length - close.length), maskedConnection)}${close}`;
	}

	const isCount = /^(?:limit|offset|first|next)$/.test(state.before);
	return /^\d/.test(text) && text.length >= 4 && state.isAfterWord && !isCount ? mask : text;
}

const comparisons = new Set(['like', 'ilike', 'in', 'is', 'not', ...'<>!~|']);

function nearAfter({near}: State, text: string): State['near'] {
	if (near === undefined) return undefined;
	if (isAssignment(text)) return 'assignment';
	if (text === '(' || (text === ')' && near === 'word')) return near;
	return comparisons.has(text) ? 'comparison' : undefined;
}

const tables = /^(?:into|table|exists|on|only|from|join|update|references|with|\.)$/;

function closeParenthesis(state: State): void {
	state.depth = Math.max(0, state.depth - 1);
	state.wordDepth = Math.min(state.wordDepth, state.depth);
}

/** Notes what a token other than blanks means for those after it. */
function follow(state: State, text: string, following: string): void {
	const lower = text.toLowerCase();
	const isSetting =
		lower === 'set'
			? !state.isUpdate && !state.hasWord
			: /^(?:role|user|group|database|system)$/.test(lower) && /^(?:create|alter)$/.test(state.before);
	const isValue = state.near !== undefined || (state.isUpdate && state.isAfterWord && state.before === '=');
	const isList = lower === '(' && isValue && !state.isTable;
	const isTable = tables.test(state.before);
	state.near = nearAfter(state, lower);
	state.before = lower;
	if (isList) state.valuesDepth = Math.min(state.valuesDepth, state.depth);
	state.isOfSetting ||= isSetting;
	state.isUpdate ||= lower === 'update';
	if (passwordWord.test(`${text} ${following}`)) {
		state.isAfterWord = true;
		state.hasWord = true;
		state.near = 'word';
		state.isTable = isTable;
		state.wordDepth = state.depth;
	} else if (lower === 'values') state.valuesDepth = state.depth;
	else if (state.depth === state.valuesDepth && startsAsName.test(text)) state.valuesDepth = Infinity;
	else if (lower === '(') state.depth++;
	else if (lower === ')') closeParenthesis(state);
	else if (lower === ';') Object.assign(state, noStatement);
}
