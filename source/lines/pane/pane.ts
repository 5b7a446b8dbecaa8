import {rowWith} from '../../domain/list/row.js';
import {paneHeight} from '../../state/list/pane.js';
import type {State} from '../../state/state.js';
import type {Line} from '../line.js';
import {boxLines, textWidths} from './box.js';
import {overviewBlocks} from './overview.js';
import {sessionBlocks} from './session-pane.js';

/** From this width on there are two columns in the pane. */
const wide = 100;

/** The pane under the list: the selected session, or what matters most where none is selected. Each line is exactly as wide as the terminal. */
export function paneLines(state: State): readonly Line[] {
	const height = paneHeight(state);
	if (height === 0) return [];
	const {rows, selected, size} = state.screen;
	const {columns: width} = size;
	const widths = textWidths(width, width >= wide ? 2 : 1);
	const row = rowWith(rows, selected);
	// A line that stands for many has nothing of its own.
	const blocks =
		row && !row.value.queue
			? sessionBlocks(state, row, widths, height - 2)
			: overviewBlocks(state, widths, height - 2);
	return boxLines(blocks, {width, height, isAscii: state.settings.isAscii});
}
