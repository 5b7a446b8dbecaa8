import {styleChange} from './style.js';

/** Writes from the top of the screen to its bottom, and knows where that leaves the cursor. */
export type Pen = {
	/** The column it stands in, while it stands in this line and that is known. */
	columnIn(line: number): number | undefined;
	style(): string;
	move(column: number, line: number): void;
	/** A cell for each character. */
	write(text: string, style: string): void;
	/** Text with styles of its own, which ends with this one. Nobody knows how many cells it takes. */
	writeRest(text: string, style: string): void;
	/** From here to the end of the line; never behind the last column, where the cursor stands in it still. */
	erase(): void;
	/** All that it has written; leaves no style on. */
	end(): string;
};

const noWrap = '\u001B[?7l';
const wrap = '\u001B[?7h';

/** The cursor stands at the top left, if that is known. No style is on. */
export function openPen(columns: number, isAtTop: boolean): Pen {
	let text = '';
	let style = '';
	let x = isAtTop ? 0 : undefined;
	let y = isAtTop ? 0 : undefined;
	let isUncertain = false;

	const setStyle = (next: string) => {
		text += styleChange(style, next);
		style = next;
	};
	return {
		columnIn: line => (line === y ? x : undefined),
		style: () => style,
		move(column, line) {
			text += wayTo(column, line, x, y);
			x = column;
			y = line;
		},
		write(letters, next) {
			setStyle(next);
			text += letters;
			x = (x ?? 0) + letters.length;
			// Terminals differ in where the cursor stands now.
			if (x >= columns) x = undefined;
		},
		writeRest(rest, next) {
			setStyle('');
			text += rest;
			style = next;
			x = undefined;
			isUncertain = true;
		},
		erase() {
			setStyle('');
			text += '\u001B[K';
		},
		end() {
			setStyle('');
			// What a terminal draws wider than we think must not go on in the next line.
			return isUncertain ? noWrap + text + wrap : text;
		},
	};
}

const times = (count: number) => (count === 1 ? '' : String(count));
const downward = (lines: number) => (lines === 0 ? '' : `\u001B[${times(lines)}B`);
const forward = (cells: number) => (cells === 0 ? '' : `\u001B[${times(cells)}C`);
const backward = (cells: number) => (cells < 4 ? '\b'.repeat(cells) : `\u001B[${cells}D`);

/** The shortest of the usual ways to a cell. */
function wayTo(column: number, line: number, x: number | undefined, y: number | undefined): string {
	if (column === x && line === y) return '';
	let way = `\u001B[${column === 0 ? times(line + 1) : `${line + 1};${column + 1}`}H`;
	if (y === undefined) return way;
	const down = line - y;
	const others = [`\r${'\n'.repeat(down)}${forward(column)}`];
	if (x !== undefined)
		others.push(downward(down) + (column < x ? backward(x - column) : forward(column - x)));
	for (const other of others) if (other.length < way.length) way = other;
	return way;
}
