import type {Terminal as Screen} from '@xterm/headless';
import {cellLook} from '../../helpers/terminal/cell-look.js';
import {openScreen} from '../../helpers/terminal/open-screen.js';

/** A terminal on its second screen. */
export function openLook(columns: number, rows: number): Screen {
	const screen = openScreen(columns, rows, true);
	screen.write('\u001B[?1049h');
	return screen;
}

/** Each cell with all that it looks like, once all that was written has been taken in. */
export async function lookOf(screen: Screen): Promise<readonly (readonly string[])[]> {
	await new Promise<void>(resolve => screen.write('', resolve));
	const {active} = screen.buffer;
	return Array.from({length: screen.rows}, (_, row) =>
		Array.from({length: screen.cols}, (__, column) => {
			const cell = active.getLine(active.baseY + row)?.getCell(column);
			return cell ? cellLook(cell) : 'none';
		}),
	);
}
