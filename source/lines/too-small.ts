import {smallest} from '../domain/list/window.js';
import {cut} from '../domain/text/width.js';
import type {State} from '../state/state.js';
import {type Line, textLine} from './line.js';

/** What stands on a terminal that has no room for the list: why, and what went wrong. */
export function tooSmallLines({screen: {size}, status: {note}}: State): readonly Line[] {
	const {columns, rows} = size;
	const needed = `${smallest.columns}x${smallest.rows}`;
	const texts = [
		`pgtop needs ${needed}, not ${columns}x${rows}`,
		...(note?.isBad && rows > 1 ? [note.text] : []),
	];
	return texts.map(text => textLine(cut(text, columns)));
}
