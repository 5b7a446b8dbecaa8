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

/** A relative move: `letter` says which way. */
const step = (count: number, letter: string) =>
	count === 0 ? '' : `\u001B[${count === 1 ? '' : count}${letter}`;

/** The shortest way to a cell. Control characters would be shorter still. But so nobody who reads the bytes can take one for a part of the text. */
function wayTo(column: number, line: number, x: number | undefined, y: number | undefined): string {
	const way = `\u001B[${column === 0 ? (line === 0 ? '' : line + 1) : `${line + 1};${column + 1}`}H`;
	if (x === undefined || y === undefined) return way;
	const other = step(line - y, 'B') + (column < x ? step(x - column, 'D') : step(column - x, 'C'));
	return other.length < way.length ? other : way;
}
