import type {KeyRead} from './decode-sequence.js';
import {readControl, readString} from './decode-sequence.js';

/** What a terminal sends before a pasted text, and after it. */
export const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';

const controlNames: Readonly<Record<number, string>> = {
	0x08: 'backspace',
	0x09: 'tab',
	0x0d: 'enter',
	0x7f: 'backspace',
};

export const isPaste = (bytes: string) => bytes.startsWith(pasteStart);

/** The text of a paste whose end never came. */
export const openPaste = (bytes: string) => fromUtf8(bytes.slice(pasteStart.length));

/** Reads one key of a string that holds one byte per character; undefined when only more bytes decide which. */
export function readKey(input: string, from: number): KeyRead | undefined {
	const byte = input.charCodeAt(from);
	if (byte === 0x1b) return readEscape(input, from);
	if (byte >= 0x80) return readCharacter(input, from, byte);
	if (byte > 0x20 && byte < 0x7f) return {length: 1, name: input.charAt(from), text: input.charAt(from)};
	if (byte === 0x20) return {length: 1, name: 'space', text: ' '};
	return {length: 1, name: controlNames[byte] ?? `ctrl-${String.fromCharCode(byte + 0x40).toLowerCase()}`};
}

function readEscape(input: string, from: number): KeyRead | undefined {
	if (input.startsWith(pasteStart, from)) return readPaste(input, from);
	switch (input[from + 1]) {
		case undefined:
			return undefined;
		case '\u001B':
			return {length: 1, name: 'escape', isBroken: true};
		case '[':
		case 'O':
			return readControl(input, from);
		case ']':
		case 'P':
		case 'X':
		case '^':
		case '_':
			return readString(input, from);
	}

	const key = readKey(input, from + 1);
	if (!key) return undefined;
	const name = key.name === 'unknown' ? 'unknown' : `alt-${key.name}`;
	return {length: key.length + 1, name, ...(key.isBroken && {isBroken: true})};
}

function readPaste(input: string, from: number): KeyRead | undefined {
	const start = from + pasteStart.length;
	const end = input.indexOf(pasteEnd, start);
	if (end < 0) return undefined;
	return {length: end + pasteEnd.length - from, name: 'paste', text: fromUtf8(input.slice(start, end))};
}

function readCharacter(input: string, from: number, lead: number): KeyRead | undefined {
	const size = sizeOf(lead);
	for (let length = 1; length < size; length++) {
		if (from + length >= input.length) return undefined;
		if ((input.charCodeAt(from + length) & 0xc0) !== 0x80) return {length, name: 'unknown', isBroken: true};
	}

	const text = fromUtf8(input.slice(from, from + size));
	return /[\uFFFD\u0080-\u009F]/.test(text)
		? {length: size, name: 'unknown'}
		: {length: size, name: text, text};
}

/** How many bytes a character has, by its first byte; 1 for a byte that starts none. */
function sizeOf(lead: number): number {
	if (lead < 0xc2 || lead > 0xf4) return 1;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

const fromUtf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');
