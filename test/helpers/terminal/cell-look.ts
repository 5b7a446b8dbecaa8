import type {IBufferCell} from '@xterm/headless';

/** What a cell looks like: its letter, its width, its colours and styles. A cell that nobody wrote to is a blank. */
export function cellLook(cell: IBufferCell): string {
	const text = cell.getChars() || (cell.getWidth() === 0 ? '' : ' ');
	const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
	const flags = [
		...[cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isBlink()],
		...[cell.isInverse(), cell.isInvisible(), cell.isStrikethrough(), cell.isOverline()],
	];
	return `${text} ${[cell.getWidth(), ...flags.map(Number), ...colours].join()}`;
}
