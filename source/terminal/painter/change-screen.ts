import {blank, cellsOf, type LineCells} from './cells.js';
import {changeLine} from './change-line.js';
import {openPen} from './pen.js';

/** What stands on the terminal. */
export type Shown = {
	readonly columns: number;
	readonly rows: number;
	/** As they were given, and as they are compared. */
	readonly lines: readonly string[];
	readonly cells: readonly LineCells[];
};

// Synchronised output: between these, nobody sees the erased screen.
const begin = '\u001B[?2026h';
const end = '\u001B[?2026l';
const erased = '\u001B[m\u001B[H\u001B[2J';

/** What makes one screen another, and that other. Of another size, or unknown, it is drawn whole. */
export function changeScreen(
	from: Shown | undefined,
	given: readonly string[],
	columns: number,
	rows: number,
): readonly [string, Shown] {
	const known = from?.columns === columns && from.rows === rows ? from : undefined;
	const pen = openPen(columns, known === undefined);
	const lines = Array.from({length: rows}, (_, line) => given[line] ?? '');
	const cells = lines.map((text, line) => {
		const before = known?.cells[line] ?? blank;
		if (text === known?.lines[line]) return before;
		const after = cellsOf(text, columns);
		changeLine(before, after, line, pen);
		return after;
	});
	const text = pen.end();
	return [known ? text : begin + erased + text + end, {columns, rows, lines, cells}];
}
