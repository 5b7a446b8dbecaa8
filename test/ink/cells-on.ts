import type {IBufferCell} from '@xterm/headless';
import {openScreen} from '../helpers/terminal/open-screen.js';

/** What a terminal with room for all of it shows: of each row its cells with their styles, without the blanks at its end. */
export async function cellsOn(output: string): Promise<readonly (readonly string[])[]> {
	const lines = output.split('\n');
	const screen = openScreen(240, lines.length, true);
	await new Promise<void>(resolve => screen.write(lines.join('\r\n'), resolve));
	const cells = lines.map((_, y) => {
		const line = screen.buffer.active.getLine(y);
		const row = Array.from({length: screen.cols}, (_, x) => cellIn(line?.getCell(x)));
		return row.slice(0, row.findLastIndex(cell => cell !== blank) + 1);
	});
	screen.dispose();
	return cells;
}

const cellIn = (cell: IBufferCell | undefined) =>
	cell === undefined || isBlank(cell) ? blank : `${cell.getChars()} ${cell.getWidth()} ${styleOf(cell)}`;

const blank = '';

const isBlank = (cell: IBufferCell) =>
	/^ ?$/.test(cell.getChars()) && cell.getWidth() === 1 && cell.isAttributeDefault();

const styleOf = (cell: IBufferCell) =>
	[
		cell.getFgColorMode(),
		cell.getFgColor(),
		cell.getBgColorMode(),
		cell.getBgColor(),
		...[cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isBlink(), cell.isInverse()],
		...[cell.isInvisible(), cell.isStrikethrough(), cell.isOverline()],
	].join();
