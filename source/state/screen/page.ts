import {moveChoice} from '../../domain/choice.js';
import type {Move} from '../../domain/list/move.js';
import {clampTop, pageLines} from '../../domain/list/window.js';
import {chosenAt, indexOfChosen} from '../../tables/alerts/chosen.js';
import {allAlerts} from '../../tables/alerts.js';
import {alertsPage} from '../../tables/pages/alerts.js';
import {preparedPage} from '../../tables/pages/choosers/prepared.js';
import {detailsPage} from '../../tables/pages/details.js';
import {helpPage} from '../../tables/pages/help.js';
import {type Page, rowsOfPage} from '../../tables/pages/page.js';
import {signalsPage} from '../../tables/pages/signals.js';
import {filterHelp} from '../../views/sessions/filter-help.js';
import {sessions} from '../../views/sessions/view.js';
import {pageOfChooser} from '../choose/chooser.js';
import {preparedMoved} from '../choose/prepared.js';
import type {State} from '../state.js';
import {type AlertList, type Layer, shownLayer} from './layers.js';

/** What is on the screen in place of the list, if anything is. */
export function pageOf(state: State): Page | undefined {
	const layer = shownLayer(state.screen.layers);
	const {columns} = state.screen.size;
	switch (layer.type) {
		case 'table':
		case 'filter':
		case 'pid':
		case 'password':
		case 'question':
			return undefined;
		case 'help':
			return helpPage(state, columns, {columns: sessions.columns, filter: filterHelp});
		case 'signals':
			return signalsPage(state, columns);
		case 'alerts':
			return alertsPage(state, columns, layer.chosen);
		case 'prepared':
			return preparedPage(state, columns, layer);
		case 'chooser':
			return pageOfChooser(state, layer);
		case 'details':
			return detailsPage(state, columns, layer);
	}
}

/** The layer with its page scrolled, never further than to the last line. */
export function scrolled(state: State, move: Move): Layer {
	const {size} = state.screen;
	const [layer] = state.screen.layers;
	if (layer.type === 'alerts') return chosenBy(state, layer, move);
	if (layer.type === 'prepared') return preparedMoved(state, layer, move);
	const page = pageOf(state);
	if (!page || !('top' in layer)) return layer;
	const height = pageLines(size.rows);
	const count = rowsOfPage(page) + page.lines.length;
	const far = {line: 1, page: height, end: count}[move.by];
	return {...layer, top: clampTop(layer.top + move.direction * far, height, count)};
}

/** Among the alerts the arrows go from one to the next. */
function chosenBy(state: State, {top, chosen: before}: AlertList, move: Move): Layer {
	const {columns, rows} = state.screen.size;
	const {sizes, fields} = alertsPage(state, columns);
	const height = pageLines(rows);
	const told = allAlerts(state);
	const index = indexOfChosen(told, before);
	const from = {top: clampTop(top, height, fields.length), ...(index !== undefined && {chosen: index})};
	const after = moveChoice(from, move, {sizes, count: fields.length, height});
	const chosen = chosenAt(told, after.chosen);
	return {type: 'alerts', top: after.top, ...(chosen && {chosen})};
}
