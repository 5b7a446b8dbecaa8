import {keywordsIn} from '../../domain/sql/keywords.js';
import {wrap} from '../../domain/text/wrap.js';
import type {Piece} from './page.js';

type QueryLine = string | readonly Piece[];

/** In a longer text keywords are not looked for, in UTF-16 units. */
const longest = 60_000;

/** A line that begins at `from` in the text, in pieces: its keywords are bold. */
function piecesOf(line: string, from: number, keywords: ReturnType<typeof keywordsIn>): QueryLine {
	const pieces: Piece[] = [];
	let done = 0;
	for (const [begin, end] of keywords) {
		const [start, stop] = [Math.max(begin - from, done), Math.min(end - from, line.length)];
		if (start >= stop) continue;
		if (start > done) pieces.push({text: line.slice(done, start)});
		pieces.push({text: line.slice(start, stop), isBold: true});
		done = stop;
	}

	return pieces.length === 0 ? line : [...pieces, {text: line.slice(done)}];
}

function linesOf(text: string, width: number): readonly QueryLine[] {
	const keywords = text.length <= longest ? keywordsIn(text) : [];
	let from = 0;
	let next = 0;
	return wrap(text, width).map(line => {
		// Where a line was broken, blanks are left out.
		from = text.indexOf(line, from);
		const here = from;
		from += line.length;
		while ((keywords[next]?.[1] ?? Infinity) <= here) next++;
		let after = next;
		while ((keywords[after]?.[0] ?? Infinity) < from) after++;
		return piecesOf(line, here, keywords.slice(next, after));
	});
}

let last: {readonly text: string; readonly width: number; readonly lines: readonly QueryLine[]} | undefined;

/** The text of a query in lines of at most `width` cells. The lines of the last text are kept: a page is made for each frame, and a query may be a megabyte long. */
export function queryLines(text: string, width: number): readonly QueryLine[] {
	if (last?.text !== text || last.width !== width) last = {text, width, lines: linesOf(text, width)};
	return last.lines;
}
