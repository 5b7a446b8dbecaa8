import {rowWith} from '../../source/domain/list/row.js';
import {isTooSmall} from '../../source/domain/list/window.js';
import {type Line, textOf} from '../../source/lines/line.js';
import {screenLines} from '../../source/lines/screen.js';
import type {Command} from '../../source/state/command.js';
import type {State} from '../../source/state/state.js';
import {cellsOfCharacter} from '../helpers/terminal/open-screen.js';
import {isHarmful, textsIn} from './texts.js';

const isAscii = (words: string) => /^[ -~]*$/.test(words);

/** How many cells a terminal gives to a text; not as the program counts them. */
export function cellsOfText(words: string): number {
	if (isAscii(words)) return words.length;
	let cells = 0;
	for (const character of words) cells += cellsOfCharacter(character);
	return cells;
}

/** What is wrong with a line in so many columns. */
function faultOfText(words: string, columns: number): string | undefined {
	if (!isAscii(words) && (words.includes('\n') || isHarmful(words)))
		return `has what is no text: ${JSON.stringify(words)}`;
	const cells = cellsOfText(words);
	return cells > columns ? `takes ${cells} of ${columns} cells: ${JSON.stringify(words)}` : undefined;
}

const faultOfLine = (line: Line, columns: number) => faultOfText(textOf(line), columns);

/** What is wrong with the screen of this state. Lines are exactly as wide as it, or narrower on a page. */
export function faultsOnScreen(state: State): readonly string[] {
	const {size} = state.screen;
	const {columns, rows} = size;
	const screen = screenLines(state);
	const lines =
		screen.type === 'lines' ? screen.lines : [screen.page.title, ...screen.page.lines, ...screen.foot];
	const inTable = screen.type === 'lines' ? [] : screen.page.rows;
	const tall = lines.length + inTable.length;
	return [
		...(tall > rows ? [`${tall} lines on ${rows}`] : []),
		...lines.map(line => faultOfLine(line, columns)),
		...inTable.flatMap(texts =>
			texts.map((words, column) =>
				faultOfText(words, screen.type === 'lines' ? 0 : (screen.page.columns[column]?.width ?? 0)),
			),
		),
		...(screen.type === 'lines' && !isTooSmall(size) && tall !== rows
			? [`${tall} lines do not fill ${rows}`]
			: []),
	].filter(fault => fault !== undefined);
}

/** What is wrong with what a state says outside of its lines. */
export function faultsIn({screen, status, server}: State): readonly string[] {
	const {selected, rows, folded} = screen;
	const isThere = selected === undefined || rowWith(rows, selected) !== undefined || folded.has(selected);
	return [
		...(isThere ? [] : [`${selected} is selected, and is no row`]),
		...(isHarmful(status.note?.text ?? '') ? [`the note is no text: ${JSON.stringify(status.note)}`] : []),
		...(server.sampledAt !== undefined && server.link.type !== 'up'
			? ['a refresh is in flight without a connection']
			: []),
	];
}

/** What leaves the program by other ways than the screen: into the clipboard, the audit file, another process. */
export function faultsOfCommand(command: Command): readonly string[] {
	switch (command.type) {
		case 'copy':
		case 'record-outcome':
		case 'signal':
			return textsIn(command)
				.filter(isHarmful)
				.map(words => `${command.type} has what is no text: ${JSON.stringify(words)}`);
		default:
			return [];
	}
}
