import {withoutLastWord} from '../../domain/text/typed/without-last-word.js';
import {pasteStart, readKey} from '../decode-key.js';
import {sequencePatience} from '../decode-sequence.js';

/** A line that is typed unseen, as bytes, one per character. Their encoding is not known here. */
export type TypedLine = {
	readonly bytes: string;
	/** What is unfinished: an escape sequence, or a Ctrl-V without the byte that it makes text. */
	readonly held: string;
};

/** Enter; Ctrl-C; Ctrl-\; Ctrl-Z. */
export type LineEnd = 'enter' | 'cancel' | 'quit' | 'suspend';

export const nothingTyped: TypedLine = {bytes: '', held: ''};

const ends: Readonly<Record<string, LineEnd>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\u0003': 'cancel',
	'\u001C': 'quit',
	'\u001A': 'suspend',
};

const endOfFile = '\u0004';
const literalNext = '\u0016';
const escapeByte = '\u001B';

/** The bytes without the last character, of which each byte but the first is 0x80 to 0xBF. */
function withoutLast(bytes: string): string {
	let end = bytes.length - 1;
	while (end > 0 && /[\u0080-\u00BF]/.test(bytes.charAt(end))) end--;
	return bytes.slice(0, Math.max(0, end));
}

const edits: Readonly<Record<string, (bytes: string) => string>> = {
	'\b': withoutLast,
	'\u007F': withoutLast,
	'\u0015': () => '',
	'\u0017': withoutLastWord,
};

/** Drops an escape sequence left unfinished for too long: it was the key Esc, or its end never came. `silence` is the time since the last byte, in milliseconds. */
export const withoutUnfinished = (line: TypedLine, silence: number): TypedLine =>
	silence > sequencePatience && line.held.startsWith(escapeByte) ? {...line, held: ''} : line;

/** The length of what ESC begins, and whether that was the keypad's Enter; undefined when only more bytes decide. */
function readEscape(
	input: string,
	from: number,
): {readonly length: number; readonly isEnter?: boolean} | undefined {
	const next = input[from + 1];
	if (next === undefined) return undefined;
	// A control character with Alt does the same as without.
	if (next < ' ' || next === '\u007F') return {length: 1};
	if (input.startsWith(pasteStart, from)) return {length: pasteStart.length};
	const read = readKey(input, from);
	return read && {length: read.length, isEnter: read.name === 'enter'};
}

/**
What `input` makes of the line typed so far, with the keys that a terminal has for editing a line. Input after the line's end is dropped.

Escape sequences, as of an arrow or around a paste, are no text; the pasted text is. A control character is text only after Ctrl-V.
*/
export function typeInto({bytes, held}: TypedLine, input: string): TypedLine & {readonly end?: LineEnd} {
	const all = held + input;
	let line = bytes;
	let from = 0;
	while (from < all.length) {
		const byte = all.charAt(from);
		// Ctrl-D ends an empty line. Any other goes on, as for a program that waits for the end of the line.
		const end = byte === endOfFile && line === '' ? 'enter' : ends[byte];
		if (end !== undefined) return {bytes: line, held: '', end};
		if (byte === escapeByte) {
			const read = readEscape(all, from);
			if (!read) break;
			if (read.isEnter) return {bytes: line, held: '', end: 'enter'};
			from += read.length;
		} else if (byte === literalNext) {
			const next = all[from + 1];
			if (next === undefined) break;
			if (next !== '\0') line += next;
			from += 2;
		} else {
			const edit = edits[byte];
			if (edit) line = edit(line);
			else if (byte >= ' ') line += byte;
			from += 1;
		}
	}

	return {bytes: line, held: all.slice(from)};
}
