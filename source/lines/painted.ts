import type {Colours} from '../domain/list/style.js';
import type {State} from '../state/state.js';
import type {Line} from './line.js';
import {paint} from './paint.js';
import {screenLines} from './screen.js';

/** Lines as they are written to the terminal. */
export const paintLines = (lines: readonly Line[], colours: Colours): readonly string[] =>
	lines.map(line => paint(line, colours));

/** The whole screen as Ink draws it, but without Ink; undefined where a page has to be laid out. */
export function paintedScreen(state: State, colours: Colours): readonly string[] | undefined {
	const screen = screenLines(state);
	return screen.type === 'lines' ? paintLines(screen.lines, colours) : undefined;
}
