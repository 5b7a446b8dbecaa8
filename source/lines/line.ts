import type {Style} from '../domain/list/style.js';
import {cut, pad, widthOf} from '../domain/text/width.js';

const colours: readonly Style[] = ['red', 'yellow', 'green'];

/** What begins a style, and what ends it. A table: Node's own styleText checks its arguments at every call. */
const codes: Readonly<Record<Style, readonly [begin: string, end: string]>> = {
	bold: ['\u001B[1m', '\u001B[22m'],
	dim: ['\u001B[2m', '\u001B[22m'],
	inverse: ['\u001B[7m', '\u001B[27m'],
	red: ['\u001B[31m', '\u001B[39m'],
	yellow: ['\u001B[33m', '\u001B[39m'],
	green: ['\u001B[32m', '\u001B[39m'],
};

export type Span = {readonly text: string; readonly styles?: readonly Style[]};

/** One line of the screen, as wide as its texts. */
export type Line = readonly Span[];

export const textOf = (line: Line) => line.map(({text}) => text).join('');

/** Writes the styles as escape sequences; without colours only what is bold, dim or inverse is left. */
export const paint = (line: Line, isColoured: boolean): string =>
	line.map(span => paintSpan(span, isColoured)).join('');

function paintSpan({text, styles = []}: Span, isColoured: boolean): string {
	if (text === '') return text;
	let painted = text;
	for (const style of styles.toReversed()) {
		const [begin, end] = codes[style];
		if (isColoured || !colours.includes(style)) painted = begin + painted + end;
	}

	return painted;
}

/** Cuts and pads a line to exactly `width` cells. */
export function fitLine(line: Line, width: number): Line {
	const fitted: Span[] = [];
	let left = width;
	for (const span of line) {
		const own = widthOf(span.text);
		if (own > left) {
			fitted.push({...span, text: pad(cut(span.text, left), left, 'left')});
			return fitted;
		}

		fitted.push(span);
		left -= own;
	}

	return left > 0 ? [...fitted, {text: ' '.repeat(left)}] : fitted;
}

export const styled = (line: Line, style: Style): Line =>
	line.map(span => ({...span, styles: [...(span.styles ?? []), style]}));

/** Puts as many parts on a line as fit whole; the first ones matter most. */
export function partsLine(parts: readonly string[], width: number): Line {
	let text = '';
	for (const part of parts) {
		const longer = text === '' ? part : `${text}  ${part}`;
		if (widthOf(longer) > width) break;
		text = longer;
	}

	return fitLine([{text}], width);
}

export const textLine = (text: string): Line => [{text}];
