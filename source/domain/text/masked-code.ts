import {maskedConnection} from './masked-connection.js';
import {behindWord, mask, passwordWord} from './password-words.js';

const name = '[A-Za-z_\\u0080-\\uFFFF][\\w$\\u0080-\\uFFFF]*';
const token = new RegExp(
	`\\s+|"(?:[^"]|"")*(?:"|$)|identified\\s+by\\b|${name}|\\d[\\w.]*|\\$\\d+|::|:=|=>|[^]`,
	'iy',
);
const startsAsName = new RegExp(`^${name}`);
const isAssignment = (text: string) => [':=', '=>', '=', ':'].includes(text);

// A call, as crypt('secret', salt), a parameter and NULL are no password themselves.
const value = /(?![=>]|[\w$.]*\(|\$\d+\b|null\b)[^\s'"()]*[^\s'"(),;]/iy;

const listed =
	'true|false|default|array|row|select|from|where|and|or|not|as|case|when|then|else|end|current_\\w+|localtime\\w*';
const valueInList = new RegExp(`(?!(?:${listed})\\b)(?=${name})${value.source}`, 'iy');

const ofRoles =
	'(?:no)?(?:superuser|createdb|createrole|inherit|login|replication|bypassrls)|encrypted|connection|limit|valid|until|in|role|group|user|admin|sysid|with|null|set|reset|rename|to|all|database|from|current|default|server|options|local|session';
/** All but the other words of such a statement, and the punctuation around them. */
const restOfSetting = new RegExp(
	`(?!(?:${ofRoles}|\\$\\d+)(?![^\\s;,()'"]|[;,()][^\\s'"]))(?![(),;]{1,8}(?:[\\s;'"]|$))[^\\s'"]*[^\\s'";]`,
	'iy',
);

type Statement = {
	depth: number;
	/** How deep the word password stood, and VALUES. */
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
	/** The word was somewhere, be it in a comment. */
	isAfterWord: boolean;
	/** What stood just before, with nothing but blanks and comments between. */
	near: 'word' | 'assignment' | undefined;
	/** The token before, in small letters. */
	before: string;
	/** What was masked ended just here. */
	isAtQuote: boolean;
	/** What is in quotes and what is not has changed places, as in `''secret''`: nothing of the rest is shown. */
	isLost: boolean;
};

type Masker = {
	/** The next stretch of code; no URI has a password in it any more. */
	masked(code: string): string;
	/** The word password was in what is no code. */
	hasWord(): void;
	hasConstant(): void;
	readonly state: Readonly<Pick<State, 'isAfterWord' | 'isLost'>>;
};

/**
Masks what should have stood in quotes, and did not: the server refuses it, and shows it as the query all the same. One masker goes through all the code of a text, for what a word means depends on what was before it.
*/
export function codeMasker(): Masker {
	const state: State = {
		...noStatement,
		isAfterWord: false,
		near: undefined,
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

/** What a password without any quotes looks like that would begin here. */
function bareOf(state: State, code: string, at: number): RegExp | undefined {
	if (isInRest(state)) {
		const isOperator = state.near === 'word' && isAssignment(matchAt(token, code, at));
		return isOperator ? undefined : restOfSetting;
	}

	if (state.near === 'assignment') return value;
	return isInValues(state) ? valueInList : undefined;
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

const comparisons = new Set(['like', 'ilike', 'similar', 'to', 'in', 'is', 'not', ...'<>!~|(']);

function nearAfter({near}: State, text: string): State['near'] {
	if (near === undefined) return undefined;
	if (isAssignment(text)) return 'assignment';
	return comparisons.has(text) ? 'word' : undefined;
}

/** What a token, which is no blank, means for those behind it. */
function follow(state: State, text: string, following: string): void {
	const lower = text.toLowerCase();
	const isSetting =
		lower === 'set'
			? !state.isUpdate && !state.hasWord
			: /^(?:role|user|group|database|system)$/.test(lower) && /^(?:create|alter)$/.test(state.before);
	state.near = nearAfter(state, lower);
	state.before = lower;
	state.isOfSetting ||= isSetting;
	state.isUpdate ||= lower === 'update';
	if (passwordWord.test(`${text} ${following}`)) {
		state.isAfterWord = true;
		state.hasWord = true;
		state.near = 'word';
		state.wordDepth = state.depth;
	} else if (lower === 'values') state.valuesDepth = state.depth;
	else if (state.depth === state.valuesDepth && startsAsName.test(text)) state.valuesDepth = Infinity;
	else if (lower === '(') state.depth++;
	else if (lower === ')') state.depth = Math.max(0, state.depth - 1);
	else if (lower === ';') Object.assign(state, noStatement);
}
