import type {RowId} from '../row-id.js';
import {type Item, indexOfRow, type Row} from './row.js';
import {isInWindow, scrollTo} from './window.js';

export type Move = {readonly by: 'line' | 'page' | 'end'; readonly direction: 1 | -1};

/** Which row is selected, and which is the first in a window of `height` lines. */
export type Cursor = {readonly selected?: RowId; readonly top: number; readonly height: number};

/** Where a movement leads; the window goes along. */
export function moved(
	rows: readonly Row<Item>[],
	{selected, top, height}: Cursor,
	{by, direction}: Move,
): Cursor {
	const last = rows.length - 1;
	const index = indexOfRow(rows, selected);
	const next = () => {
		if (index === -1) return (by === 'end' ? -direction : direction) > 0 ? 0 : last;
		if (by === 'end') return direction > 0 ? last : 0;
		// The window did not follow the row to its new place: the first movement goes there.
		if (!isInWindow(index, top, height)) return index;
		return Math.max(0, Math.min(last, index + direction * (by === 'page' ? height : 1)));
	};
	const to = next();
	const row = rows[to];
	return {
		...(row && {selected: row.value.id}),
		top: scrollTo(top, to, height, rows.length),
		height,
	};
}
