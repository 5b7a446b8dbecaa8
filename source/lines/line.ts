import type {Colours, Style} from '../domain/list/style.js';
import {cut, pad, widthOf} from '../domain/text/width.js';

type Codes = readonly [begin: string, end: string];

const onYellow: Codes = ['\u001B[30;43m', '\u001B[39;49m'];
const red: Codes = ['\u001B[31m', '\u001B[39m'];
const magenta: Codes = ['\u001B[35m', '\u001B[39m'];
const bold: Codes = ['\u001B[1m', '\u001B[22m'];
const inverse: Codes = ['\u001B[7m', '\u001B[27m'];

const without = {bold, dim: ['\u001B[2m', '\u001B[22m'], inverse, selected: inverse, key: bold} as const;

/** What begins a style, and what ends it. A table: Node's own styleText checks its arguments at every call. A text has a contrast of 3 : 1 at least, in xterm's own palette, too. */
const codes: Readonly<Record<Colours, {readonly [style in Style]?: Codes}>> = {
	none: without,
	unknown: {...without, hurts: red, maintenance: magenta, open: onYellow},
	dark: {
		...without,
		selected: ['\u001B[48;5;238m', '\u001B[49m'],
		key: ['\u001B[1;36m', '\u001B[22;39m'],
		hurts: red,
		maintenance: magenta,
		open: ['\u001B[33m', '\u001B[39m'],
		runs: ['\u001B[32m', '\u001B[39m'],
		io: ['\u001B[36m', '\u001B[39m'],
	},
	light: {
		...without,
		selected: ['\u001B[48;5;252m', '\u001B[49m'],
		hurts: red,
		maintenance: magenta,
		open: onYellow,
		runs: ['\u001B[30;42m', '\u001B[39;49m'],
		io: ['\u001B[30;46m', '\u001B[39;49m'],
	},
};

export type Span = {readonly text: string; readonly styles?: readonly Style[]};

/** One line of the screen, as wide as its texts. */
export type Line = readonly Span[];

export const textOf = (line: Line) => line.map(({text}) => text).join('');

/** Writes the styles as escape sequences. */
export const paint = (line: Line, colours: Colours): string =>
	line.map(span => paintSpan(span, colours)).join('');

function paintSpan({text, styles = []}: Span, colours: Colours): string {
	if (text === '') return text;
	let painted = text;
	// Inverse takes the colours for the background, where they hide what it says.
	const isInverse = styles.includes('selected') && (colours === 'none' || colours === 'unknown');
	for (const style of isInverse ? (['selected'] as const) : styles.toReversed()) {
		const [begin, end] = codes[colours][style] ?? ['', ''];
		painted = begin + painted + end;
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
