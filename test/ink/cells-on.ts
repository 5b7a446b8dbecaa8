import {cellLook} from '../helpers/terminal/cell-look.js';
import {openScreen} from '../helpers/terminal/open-screen.js';

/** What a terminal with room for all of it shows: of each row its cells with their styles, without the blanks at its end. */
export async function cellsOn(output: string): Promise<readonly (readonly string[])[]> {
	const lines = output.split('\n');
	const screen = openScreen(240, lines.length, true);
	const {active} = screen.buffer;
	const blank = cellLook(active.getNullCell());
	await new Promise<void>(resolve => screen.write(lines.join('\r\n'), resolve));
	const cells = lines.map((_, y) => {
		const line = active.getLine(y);
		const row = Array.from({length: screen.cols}, (__, x) => {
			const cell = line?.getCell(x);
			return cell ? cellLook(cell) : blank;
		});
		return row.slice(0, row.findLastIndex(look => look !== blank) + 1);
	});
	screen.dispose();
	return cells;
}
