import {withoutLastWord} from './without-last-word.js';

/** A line of text that is typed. `at` is where the cursor stands, in UTF-16 units: at the beginning of a character, or at the end. */
export type EditedLine = {readonly text: string; readonly at: number};

/** No line is longer, in UTF-16 units. */
const longest = 10_000;

/** A text to go on with, with the cursor at its end. */
export const lineWith = (text: string): EditedLine => ({text, at: text.length});

/** What stands before the cursor, and behind it. */
const halves = ({text, at}: EditedLine) => [text.slice(0, at), text.slice(at)] as const;

const joined = (before: string, after: string): EditedLine => ({text: before + after, at: before.length});

let graphemes: Intl.Segmenter | undefined;

/** How long the character is that stands at an index. A letter with its accents, or an emoji of several characters, is one to a person. */
function lengthAt(text: string, index: number): number {
	// It takes longer to make than a program takes to start: most runs have no use for it.
	graphemes ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return graphemes.segment(text).containing(index)?.segment.length ?? 0;
}

const withoutLast = (text: string) => text.slice(0, text.length - lengthAt(text, text.length - 1));

const edits: Readonly<Record<string, (line: EditedLine) => EditedLine>> = {
	backspace(line) {
		const [before, after] = halves(line);
		return joined(withoutLast(before), after);
	},
	delete(line) {
		const [before, after] = halves(line);
		return joined(before, after.slice(lengthAt(after, 0)));
	},
	left(line) {
		const [before, after] = halves(line);
		const to = withoutLast(before);
		return joined(to, before.slice(to.length) + after);
	},
	right(line) {
		const [before, after] = halves(line);
		const length = lengthAt(after, 0);
		return joined(before + after.slice(0, length), after.slice(length));
	},
	home: ({text}) => ({text, at: 0}),
	end: ({text}) => lineWith(text),
	'ctrl-u': line => joined('', halves(line)[1]),
	'ctrl-k': line => joined(halves(line)[0], ''),
	'ctrl-w'(line) {
		const [before, after] = halves(line);
		return joined(withoutLastWord(before), after);
	},
};

/** Keys that a shell knows by these names, too. */
const aliases: Readonly<Record<string, string>> = {
	'ctrl-a': 'home',
	'ctrl-b': 'left',
	'ctrl-d': 'delete',
	'ctrl-e': 'end',
	'ctrl-f': 'right',
	'ctrl-h': 'backspace',
};

/** Of a paste the first line that has any text; a tab is a blank, and no other control character is text. */
function pasted(text: string): string {
	const first = text.split(/[\r\n]+/).find(line => line.trim() !== '') ?? '';
	return first.replaceAll('\t', ' ').replace(/\p{Cc}/gu, '');
}

/** The line after a key, by the keys of a shell: the same object where the key changes nothing, or is none of them. */
export function edited(line: EditedLine, {name, text = ''}: {name: string; text?: string}): EditedLine {
	const edit = edits[aliases[name] ?? name];
	const [before, after] = halves(line);
	const room = Math.max(0, longest - line.text.length);
	const added = (name === 'paste' ? pasted(text) : text).slice(0, room);
	const next = edit ? edit(line) : joined(before + added, after);
	return next.text === line.text && next.at === line.at ? line : next;
}
