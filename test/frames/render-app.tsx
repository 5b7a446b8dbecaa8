import process from 'node:process';
import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import type {Colours} from '../../source/domain/list/style.js';
import {App} from '../../source/ink/app.js';
import type {State} from '../../source/state/state.js';

export type Frame = {
	/** As it is written: with styles. */
	readonly painted: string;
	/** Its text alone. */
	readonly text: string;
};

/** The whole screen of a state, as Ink writes it in a terminal of that size. */
export function frameOf(state: State, colours: Colours = 'none'): Frame {
	const {columns, rows} = state.screen.size;
	// The library's terminal has no rows: Ink would run two programs for each frame to find them.
	Object.assign(process.env, {COLUMNS: String(columns), LINES: String(rows)});
	const {stdout, lastFrame, unmount} = render(
		<App subscribe={() => () => {}} getState={() => state} colours={colours} onShow={() => {}} />,
	);
	Object.defineProperty(stdout, 'columns', {value: columns});
	Object.defineProperty(stdout, 'rows', {value: rows});
	stdout.emit('resize');
	const painted = lastFrame() ?? '';
	unmount();
	delete process.env.COLUMNS;
	delete process.env.LINES;
	return {painted, text: stripVTControlCharacters(painted)};
}
