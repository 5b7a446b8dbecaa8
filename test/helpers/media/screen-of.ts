import {cell, topOf} from '../../../media/svg/layout.js';

type Text = {readonly row: number; readonly text: string};

/** The lines of a picture's screen: texts of the same height, and the blanks between them as one; blank ones are ''. */
export function screenOf(svg: string): readonly string[] {
	const lines: string[] = [];
	for (const {row, text} of textsOf(svg)) if (row >= 0) lines[row] = `${lines[row] ?? ''} ${text}`;
	return Array.from(lines, (line = '') => words(line.replaceAll('&lt;', '<').replaceAll('&gt;', '>')));
}

/** In which lines there is text, each once. In the bar of the window they are below 0. */
export const rowsOf = (svg: string): readonly number[] => [...new Set(textsOf(svg).map(({row}) => row))];

const textsOf = (svg: string): readonly Text[] =>
	[...svg.matchAll(/<text [^>]*?\by="(\d+)"[^>]*>([^<]*)</g)].map(([, y, text = '']) => ({
		row: (Number(y) - cell.baseline - topOf(0)) / cell.height,
		text,
	}));

export const words = (text: string) => text.trim().replace(/\s+/g, ' ');
