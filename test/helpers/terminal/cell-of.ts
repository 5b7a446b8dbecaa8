import type {Terminal as Screen} from '@xterm/headless';

export type Cell = {
	readonly text: string;
	readonly width: number;
	readonly isInverse: boolean;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isColoured: boolean;
};

/** From 0; the row is one of the screen. */
export function cellOf({buffer: {active}}: Screen, column: number, row: number): Cell {
	const cell = active.getLine(active.baseY + row)?.getCell(column);
	return {
		text: cell?.getChars() ?? '',
		width: cell?.getWidth() ?? 0,
		isInverse: Boolean(cell?.isInverse()),
		isBold: Boolean(cell?.isBold()),
		isDim: Boolean(cell?.isDim()),
		isColoured: cell !== undefined && !(cell.isFgDefault() && cell.isBgDefault()),
	};
}
