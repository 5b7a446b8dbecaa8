import {type LineCells, styleAt} from './cells.js';
import type {Pen} from './pen.js';

/** A jump takes four bytes: up to so many cells are written again instead. */
const longestGap = 4;

/** Makes a line of the screen another one. */
export function changeLine(from: LineCells, to: LineCells, line: number, pen: Pen): void {
	const end = to.letters.length;
	const erased = erasedFrom(from, to);
	if (erased === undefined) {
		if (isBlank(from)) draw(to, 0, line, pen);
		else changeCells(from, to, Math.max(from.letters.length, end), line, pen);
	} else {
		changeCells(from, to, erased, line, pen);
		pen.move(erased, line);
		pen.erase();
		draw(to, erased, line, pen);
	}

	if (to.rest === '' || isSameRest(from, to)) return;
	pen.move(end, line);
	pen.writeRest(to.rest, to.restStyle);
}

const isBlank = ({letters, rest}: LineCells) => letters === '' && rest === '';

const isSameRest = (from: LineCells, to: LineCells) =>
	from.rest === to.rest && (to.rest === '' || from.letters.length === to.letters.length);

/** Another rest needs an empty place, because nobody knows what the one before takes up. Blanks at the end are erased where that is shorter. */
function erasedFrom(from: LineCells, to: LineCells): number | undefined {
	const [was, is] = [from.letters.length, to.letters.length];
	if (isSameRest(from, to)) return to.rest === '' && was - is >= longestGap ? is : undefined;
	if (from.rest !== '') return Math.min(was, is);
	return was > is ? is : undefined;
}

function changeCells(from: LineCells, to: LineCells, end: number, line: number, pen: Pen): void {
	const pieces: Piece[] = [];
	let [was, is] = [0, 0];
	for (let column = 0; column < end; ) {
		while ((from.starts[was + 1] ?? end) <= column) was++;
		while ((to.starts[is + 1] ?? end) <= column) is++;
		// Both styles hold up to here.
		const until = Math.min(from.starts[was + 1] ?? end, to.starts[is + 1] ?? end, end);
		const hasOtherStyle = from.styles[was] !== to.styles[is];
		while (column < until) {
			const start = column;
			while (column < until && (hasOtherStyle || letterAt(from, column) !== letterAt(to, column))) column++;
			if (column > start) add(pieces, to, start, column);
			else column++;
		}
	}

	if (isShorterBackwards(pieces, line, pen)) pieces.reverse();
	for (const {runs} of pieces) for (const {start, end: last} of runs) write(to, start, last, line, pen);
}

/** Cells of one style. */
type Run = {readonly start: number; end: number; readonly style: string};

/** Runs side by side. */
type Piece = {readonly runs: Run[]};

/** A few equal cells between two runs are written again, if they have the style of the first one. */
function add(pieces: Piece[], to: LineCells, start: number, end: number): void {
	const runs = pieces.at(-1)?.runs;
	const before = runs?.at(-1);
	const run = {start, end, style: styleAt(to, start)};
	if (!runs || !before || !isBridged(to, before, start)) pieces.push({runs: [run]});
	else {
		before.end = start;
		runs.push(run);
	}
}

function isBridged(to: LineCells, {end, style}: Run, start: number): boolean {
	if (start - end > longestGap) return false;
	for (let column = end; column < start; column++) if (styleAt(to, column) !== style) return false;
	return true;
}

/** Line by line to and fro, the cursor has a shorter way, and a style that is on is used at once. */
function isShorterBackwards(pieces: readonly Piece[], line: number, pen: Pen): boolean {
	const [first, last] = [pieces[0]?.runs[0], pieces.at(-1)?.runs[0]];
	const column = pen.columnIn(line - 1);
	if (!first || !last || first === last || column === undefined) return false;
	const style = pen.style();
	if (first.style !== last.style && (first.style === style || last.style === style))
		return last.style === style;
	return Math.abs(column - last.start) < Math.abs(column - first.start);
}

/** Draws where nothing is, from this column on. The first frame is in a hurry: no cell is looked at by itself. */
function draw(to: LineCells, first: number, line: number, pen: Pen): void {
	for (const [run, style] of to.styles.entries()) {
		const start = Math.max(first, to.starts[run] ?? 0);
		const end = Math.min(to.starts[run + 1] ?? Infinity, to.letters.length);
		if (start >= end) continue;
		if (style !== '') write(to, start, end, line, pen);
		else
			for (const {index, 0: text} of to.letters.slice(start, end).matchAll(words))
				write(to, start + index, start + index + text.length, line, pen);
	}
}

const words = /[^ ]+(?: {1,4}[^ ]+)*/g;

const space = 32;

const letterAt = ({letters}: LineCells, column: number) => letters.charCodeAt(column) || space;

/** Writes cells of one style. */
function write(to: LineCells, start: number, end: number, line: number, pen: Pen): void {
	pen.move(start, line);
	pen.write(textOf(to, start, end), styleAt(to, start));
}

const textOf = ({letters}: LineCells, start: number, end: number) =>
	letters.slice(start, end).padEnd(end - start);
