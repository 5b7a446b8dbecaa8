import type {Style} from '../domain/list/style.js';
import {cut, pad, widthOf} from '../domain/text/width.js';

export type Span = {readonly text: string; readonly styles?: readonly Style[]};

/** One line of the screen, as wide as its texts. */
export type Line = readonly Span[];

export const textOf = (line: Line) => line.map(({text}) => text).join('');

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
