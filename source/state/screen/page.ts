import {clampTop, pageLines} from '../../domain/list/window.js';
import {alertsPage} from '../../tables/pages/alerts.js';
import {detailsPage} from '../../tables/pages/details.js';
import {helpPage} from '../../tables/pages/help.js';
import {type Page, rowsOfPage} from '../../tables/pages/page.js';
import {signalsPage} from '../../tables/pages/signals.js';
import {sessions} from '../../views/sessions/view.js';
import type {State} from '../state.js';
import {type Layer, shownLayer} from './layers.js';

/** What is on the screen in place of the list, if anything is. */
export function pageOf(state: State): Page | undefined {
	const layer = shownLayer(state.screen.layers);
	const {columns} = state.screen.size;
	switch (layer.type) {
		case 'table':
		case 'password':
		case 'question':
			return undefined;
		case 'help':
			return helpPage(state, columns, sessions.columns);
		case 'signals':
			return signalsPage(state, columns);
		case 'alerts':
			return alertsPage(state, columns);
		case 'details':
			return detailsPage(state, columns, layer);
	}
}

/** The layer with its page scrolled, never further than to the last line. */
export function scrolled(state: State, by: 'line' | 'page' | 'end', direction: 1 | -1): Layer {
	const {size} = state.screen;
	const [layer] = state.screen.layers;
	const page = pageOf(state);
	if (!page || !('top' in layer)) return layer;
	const height = pageLines(size.rows);
	const count = rowsOfPage(page) + page.lines.length;
	const far = {line: 1, page: height, end: count}[by];
	return {...layer, top: clampTop(layer.top + direction * far, height, count)};
}
