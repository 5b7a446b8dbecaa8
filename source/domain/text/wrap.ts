import {widthOf} from './width.js';

/** Breaks clean text into lines of at most `width` cells: at blanks where there are some, else where it is full. */
export function wrap(text: string, width: number): readonly string[] {
	return text.split('\n').flatMap(line => wrapLine(line, Math.max(1, width)));
}

/** In one pass: a query may be a megabyte long. */
function wrapLine(line: string, width: number): readonly string[] {
	const lines: string[] = [];
	let from = 0;
	do {
		const end = endOf(line, from, width);
		const blank = end < line.length ? line.slice(from, end + 1).lastIndexOf(' ') : -1;
		const to = blank > 0 ? from + blank : end;
		lines.push(line.slice(from, to));
		from = to;
		while (line[from] === ' ') from++;
	} while (from < line.length);
	return lines;
}

/** Where the characters from `from` on fill `width` cells; at least one is taken, or there would be no end. */
function endOf(line: string, from: number, width: number): number {
	let cells = 0;
	let end = from;
	while (end < line.length) {
		const character = String.fromCodePoint(line.codePointAt(end) ?? 0);
		cells += widthOf(character);
		if (cells > width && end > from) return end;
		end += character.length;
	}

	return end;
}
