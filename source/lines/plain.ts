import {growColumns} from '../domain/list/growth/grow-columns.js';
import type {ShownRow} from '../domain/list/row.js';
import type {Backend} from '../domain/session/backend.js';
import {wrap} from '../domain/text/wrap.js';
import {matchesIn} from '../state/find/filter-of.js';
import {filterSentence, isOfTexts, notSearched} from '../state/find/filter-sentence.js';
import {shownColumns} from '../state/list/shown-columns.js';
import {wordOf} from '../state/list/shown-rows.js';
import {usualMarks} from '../state/list/usual-marks.js';
import {pictureOf} from '../state/picture.js';
import type {State} from '../state/state.js';
import {allAlerts} from '../tables/alerts.js';
import {cutNote} from './cut-note.js';
import {headerLines} from './head/header.js';
import {textLine, textOf} from './line.js';
import {plainList} from './plain-list.js';

/** Width of the header where lines may be as long as they are, in cells. */
const usualWidth = 120;

/** Every alert, with what to know about it. */
function alertTexts(state: State, width: number): readonly string[] {
	return allAlerts(state).flatMap(({text, more}) => [
		...wrap(`! ${text}`, width),
		...(more === undefined ? [] : wrap(more, width - 2).map(line => `  ${line}`)),
	]);
}

/** What is listed is not all that there is. */
function filterTexts(state: State): readonly string[] {
	const sentence = filterSentence(state, Infinity);
	if (sentence === undefined) return [];
	return [isOfTexts(state) ? `${sentence}; ${notSearched}` : sentence];
}

/** All rows. Who is named in an alert is listed against the toggles, and says so, but not against the filter: a script takes what is listed. */
function plainRows(state: State): readonly ShownRow<Backend>[] {
	const picture = pictureOf(state);
	const matches = matchesIn(state);
	return state.screen.rows.flatMap((row, index) => {
		if (picture && matches && !matches(row.value, picture)) return [];
		const word = wordOf(state, row);
		return [{row, marks: {...usualMarks(state, index), ...(word && {word})}}];
	});
}

/**
One picture as plain text: the same lines as on the screen, all alerts, all rows, no escape sequences.

`width` in cells; undefined where lines may be as long as they are.
*/
export function plainText(state: State, width: number | undefined): string {
	const {settings, screen, server} = state;
	const {target, production, isReadOnly, thresholds} = settings;
	const snapshot = pictureOf(state);
	const isProduction = production !== undefined;
	const heading = {target, snapshot, rates: server.rates, thresholds, isProduction, isReadOnly};
	const lines = [
		...headerLines(heading, width ?? usualWidth, 3),
		...alertTexts(state, width ?? Infinity).map(textLine),
		...filterTexts(state).map(textLine),
		...plainList(
			growColumns(shownColumns(state), screen.rows, width ?? Infinity, {
				marksOf: index => usualMarks(state, index),
			}),
			plainRows(state),
			{sortedBy: screen.sort.column, isReversed: screen.sort.isReversed, isAscii: settings.isAscii},
			width ?? Infinity,
		),
		...cutNote(screen.rows, width ?? Infinity),
	];
	return lines.map(line => `${textOf(line).trimEnd()}\n`).join('');
}
