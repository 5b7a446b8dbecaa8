import type {IBufferLine} from '@xterm/headless';
import {type Look, lookOf, looksLike} from './look.js';

/** Cells side by side that look the same. */
export type Run = Look & {readonly x: number; readonly width: number; readonly text: string};

export function runsOf(line: IBufferLine | undefined, columns: number): readonly Run[] {
	const runs: Run[] = [];
	for (let x = 0; x < columns; x++) {
		const at = line?.getCell(x);
		if (!at || at.getWidth() === 0) continue;
		const look = lookOf(at);
		const [text, width] = [at.getChars() || ' ', at.getWidth()];
		const last = runs.at(-1);
		// One that is wide, or of several characters, stands alone: the others are one character to a cell.
		const isPlain = text.length === 1 && width === 1;
		if (last && isPlain && last.text.length === last.width && looksLike(last, look)) {
			runs[runs.length - 1] = {...last, width: last.width + 1, text: last.text + text};
		} else runs.push({...look, x, width, text});
	}

	return runs;
}
