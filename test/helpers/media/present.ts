import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect} from 'vitest';
import type {Size} from '../../../media/svg/layout.js';
import {fitColumns} from '../../../source/domain/list/fit.js';
import {footerLine} from '../../../source/lines/foot/footer.js';
import {textOf} from '../../../source/lines/line.js';
import {titleLine} from '../../../source/lines/row.js';
import {initialState} from '../../../source/state/initial.js';
import {columns} from '../../../source/views/sessions/columns.js';
import {usualNames, usualSettings} from '../state/settings.js';
import {words} from './screen-of.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'media');

/** The names of the pictures. */
export const pictures: readonly string[] = (await readdir(folder)).filter(name => name.endsWith('.svg'));

export const readPicture = async (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

export const titlesOf = (size: Size) =>
	words(textOf(titleLine(fitColumns(columns, size.columns), {sortedBy: 'time', isReversed: false})));
/** Cells for the keys that a selection brings, and a signal. */
const besideHints = 50;

/** What the footer shows always; with a selection or a signal there is more between. */
const hintsOf = (size: Size) =>
	textOf(
		footerLine(
			initialState(usualSettings, size, 0, {parts: [], names: usualNames}),
			size.columns - besideHints,
		),
	)
		.trim()
		.split('  ');

/** The titles and the keys of a screen are those of the program. */
export function expectPresent(lines: readonly string[], size: Size): void {
	expect(lines).toContain(titlesOf(size));
	const footer = lines.at(-1);
	expect(hintsOf(size).filter(hint => !footer?.includes(hint))).toEqual([]);
}

/** Under the lines of the server, and one for alerts. */
export const titlesRow = 4;

/** The rows that wait for a lock. */
export const waiting = (lines: readonly string[]) => lines.filter(line => / (?:lock|queue) < /.test(line));
