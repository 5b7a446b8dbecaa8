import {eastAsianWidth} from 'get-east-asian-width';

export type Align = 'left' | 'right';

const isAscii = (text: string) => !/[^ -~]/.test(text);

const known = new Map<string, number>();

// Written where it is used, because making it takes time, and most texts are ASCII.
const isSeen = (character: string) =>
	/[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/u.test(character);

// Per character, as terminals count, and not per cluster: string-width counts one cell for `कि` or `กำ`, terminals count two.
function widthOfCharacter(character: string): number {
	if (isAscii(character)) return 1;
	const width =
		known.get(character) ?? (isSeen(character) ? eastAsianWidth(character.codePointAt(0) ?? 0) : 0);
	known.set(character, width);
	return width;
}

/** The terminal cells of a clean text. */
export function widthOf(text: string): number {
	if (isAscii(text)) return text.length;
	let width = 0;
	for (const character of text) width += widthOfCharacter(character);
	return width;
}

/** The longest beginning of at most `width` cells; marks stay with their letter. */
function beginning(text: string, width: number): string {
	let end = 0;
	let used = 0;
	for (const character of text) {
		used += widthOfCharacter(character);
		if (used > width) break;
		end += character.length;
	}

	return text.slice(0, end);
}

/** The longest ending of at most `width` cells; marks without their letter are left out. */
function ending(text: string, width: number): string {
	let start = text.length;
	let end = text.length;
	let used = 0;
	for (const character of [...text].reverse()) {
		used += widthOfCharacter(character);
		if (used > width) break;
		end -= character.length;
		if (widthOfCharacter(character) > 0) start = end;
	}

	return text.slice(start);
}

/** At most `width` cells: what is longer ends with `~` in the last of them. */
export function cut(text: string, width: number): string {
	if (width <= 0) return '';
	if (isAscii(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}~`;
	const start = beginning(text, width);
	return start === text ? text : `${pad(beginning(start, width - 1), width - 1)}~`;
}

/** At most `width` cells: what is longer has `~` in its middle. */
export function cutMiddle(text: string, width: number): string {
	if (width <= 0) return '';
	if (widthOf(text) <= width) return text;
	const after = Math.floor((width - 1) / 2);
	const before = width - 1 - after;
	return `${pad(beginning(text, before), before)}~${pad(ending(text, after), after, 'right')}`;
}

/** At least `width` cells. */
export function pad(text: string, width: number, align: Align = 'left'): string {
	const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
	return align === 'left' ? text + blanks : blanks + text;
}

/** Exactly `width` cells. */
export function fit(text: string, width: number, align: Align = 'left'): string {
	// Most cells are ASCII, and a row has a dozen: so their text is looked through once.
	if (width > 0 && isAscii(text)) {
		if (text.length > width) return `${text.slice(0, width - 1)}~`;
		return align === 'left' ? text.padEnd(width) : text.padStart(width);
	}

	return pad(cut(text, width), width, align);
}
