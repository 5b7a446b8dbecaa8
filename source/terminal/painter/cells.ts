import {widthOf} from '../../domain/text/width.js';
import {styleAfter, styleChange} from './style.js';

/**
A line as a terminal shows it. `letters` are its cells, one character each; the style `styles[n]` holds from the cell `starts[n]` on. All cells after them are blank.

`rest` is the text that follows where nobody can say which character stands in which cell. It brings its own styles, and ends with `restStyle`.
*/
export type LineCells = {
	readonly letters: string;
	readonly starts: readonly number[];
	readonly styles: readonly string[];
	readonly rest: string;
	readonly restStyle: string;
};

/** A line with nothing in it. */
export const blank: LineCells = {letters: '', starts: [0], styles: [''], rest: '', restStyle: ''};

const sequence = /\u001B\[([\d;:]*)m/;

// ASCII, and the signs of frames, bars and arrows: each takes one cell, and joins no other.
const other = /[^ -~·…\u2190-\u2193\u2400-\u2426\u2500-\u259F▲▼]/;

/** The cells of a line of text and SGR sequences, as far as there is room. */
export function cellsOf(line: string, columns: number): LineCells {
	const starts = [0];
	const styles = [''];
	let letters = '';
	let style = '';
	// Text and codes in turn.
	const pieces = line.split(sequence);
	for (let index = 0; index < pieces.length && letters.length <= columns; index += 2) {
		const text = pieces[index] ?? '';
		if (index > 0) style = styleAfter(style, pieces[index - 1] ?? '');
		if (text === '') continue;
		if (style !== styles.at(-1)) {
			starts.push(letters.length);
			styles.push(style);
		}

		const from = text.search(other);
		letters += from < 0 ? text : text.slice(0, from);
		if (from < 0 || letters.length > columns) continue;
		// Marks join the letter before them.
		const at = Math.max(0, letters.length - 1);
		const first = {text: letters.slice(at), style: styleAt({starts, styles}, at)};
		const rest = restOf(first, style, [text.slice(from), ...pieces.slice(index + 1)], columns - at);
		return {letters: letters.slice(0, at), starts, styles, ...rest};
	}

	letters = letters.slice(0, columns);
	if (styles.at(-1) === '')
		letters = letters.slice(0, Math.max(starts.at(-1) ?? 0, letters.trimEnd().length));
	starts.push(letters.length);
	styles.push('');
	return {letters, starts, styles, rest: '', restStyle: ''};
}

/** The style of a cell. */
export function styleAt({starts, styles}: Pick<LineCells, 'starts' | 'styles'>, column: number): string {
	let index = starts.length - 1;
	while (index > 0 && (starts[index] ?? 0) > column) index--;
	return styles[index] ?? '';
}

type First = {readonly text: string; readonly style: string};

function restOf(first: First, firstStyle: string, pieces: readonly string[], room: number) {
	let rest = first.style + first.text;
	let restStyle = first.style;
	let style = firstStyle;
	let left = room - first.text.length;
	for (const [index, piece] of pieces.entries()) {
		if (index % 2 === 1) {
			style = styleAfter(style, piece);
			continue;
		}

		// Whatever would move the cursor is no text.
		for (const character of piece.replace(/\p{Cc}/gu, '?')) {
			const isAscii = character >= ' ' && character <= '~';
			const width = isAscii ? 1 : widthOf(character);
			left -= width;
			if (left < 0) return {rest, restStyle};
			// A sequence between a letter and its mark would part them.
			if (width > 0) {
				rest += styleChange(restStyle, style);
				restStyle = style;
			}

			rest += character;
		}
	}

	return {rest: restStyle === '' ? rest.replace(/ +$/, '') : rest, restStyle};
}
