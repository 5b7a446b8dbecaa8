import {widthOf} from '../../domain/text/width.js';
import type {State} from '../../state/state.js';
import type {Binding} from '../../tables/binding.js';
import {keymap} from '../../tables/keymap.js';
import {fitLine, type Line, textOf} from '../line.js';
import {problemOf} from './typed-line.js';

/** While the facts of a question are read. */
const takeBack = [{keys: 'Esc Ctrl-C q', words: 'no, nothing is sent'}] as const;

/** While a password is typed. */
const passwordKeys = [
	{keys: 'Enter', words: 'log in'},
	{keys: 'Esc', words: 'back'},
	{keys: 'Ctrl-C', words: 'quit'},
	{keys: 'Ctrl-U', words: 'erase it'},
	{keys: 'Ctrl-W', words: 'a word'},
] as const;

/** While a filter is typed: what it can ask for. */
const filterKeys = [
	{keys: 'Enter', words: 'keep'},
	{keys: 'Esc', words: 'back'},
	{keys: 'user:x', words: 'db:x state:idletx wait:lock >5m -word ~/regex/'},
] as const;

const pidKeys = [
	{keys: 'Enter', words: 'go there'},
	{keys: 'Esc', words: 'back'},
] as const;

const chooserKeys = {
	sort: [
		{keys: 'Up Down', words: 'choose'},
		{keys: 'Enter', words: 'sort by it'},
		{keys: 'Esc', words: 'back'},
		{keys: 'letters', words: 'narrow the list'},
	],
	columns: [
		{keys: 'Space', words: 'on/off'},
		{keys: '< >', words: 'move'},
		{keys: 'Enter', words: 'take'},
		{keys: 'Esc', words: 'back'},
		{keys: 'letters', words: 'narrow the list'},
	],
} as const;

type Hint = {readonly keys: string; readonly words: string};

/** The keys that do something now, set off from what they do. */
export function footerLine(state: State, width: number): Line {
	const problem = problemOf(state);
	if (problem !== undefined) return fitLine([{text: problem, styles: ['bold']}], width);
	return fitLine(hintSpans(hintsIn(state, width)), width);
}

function hintsIn(state: State, width: number): readonly Hint[] {
	const [layer] = state.screen.layers;
	if (layer.type === 'question') return takeBack;
	if (layer.type === 'password') return passwordKeys;
	if (layer.type === 'filter') return filterKeys;
	if (layer.type === 'pid') return pidKeys;
	if (layer.type === 'chooser') return chooserKeys[layer.of];
	const hints = keymap
		.filter(({layers}) => layers.includes(layer.type))
		.flatMap(binding => {
			const text = binding.hint?.(state);
			return text === undefined ? [] : [{binding, ...splitHint(text)}];
		});
	while (widthOf(textOf(hintSpans(hints))) > width) {
		const last = hints.findLastIndex(({binding}) => !isKept(binding));
		if (last < 0) break;
		hints.splice(last, 1);
	}

	return hints;
}

/** Help and quit stay, and what the screen waits for. Of the others the last ones go first. */
const isKept = ({does, isAwaited}: Binding) =>
	isAwaited ?? (does.type === 'help' || does.type === 'quit' || does.type === 'back');

/** `Up Down select`: keys are one character, or begin with a capital letter. */
function splitHint(text: string): Hint {
	const [keys = ''] = /^(?:(?:\S|[A-Z]\S+) )*/.exec(text) ?? [];
	return {keys: keys.trimEnd(), words: text.slice(keys.length)};
}

const hintSpans = (hints: readonly Hint[]): Line =>
	hints.flatMap(
		({keys, words}, index): Line => [
			...(index === 0 ? [] : [{text: '  '}]),
			{text: keys, styles: ['key']},
			{text: ` ${words}`},
		],
	);
