import {layoutFor} from '../domain/list/window.js';
import {tableLines} from '../state/list/order.js';
import {shownRows} from '../state/list/shown-rows.js';
import {intervalOf} from '../state/server/interval.js';
import type {State} from '../state/state.js';
import {alertLine} from './alert.js';
import {footerLine} from './footer.js';
import {headerLines} from './header.js';
import type {Line} from './line.js';
import {questionLines, questionRoom} from './question.js';
import {columnsFor, emptyLine, rowLine, titleLine} from './row.js';
import {statusLine} from './status.js';

/** Header, alert line and column titles: what stands above the rows, each line exactly as wide as the terminal. */
export function topLines(state: State): readonly Line[] {
	const {settings, server, screen} = state;
	const {columns, rows} = screen.size;
	const {headerLines: count, hasAlertLine} = layoutFor(rows);
	const heading = {
		target: settings.target,
		snapshot: server.snapshot,
		rates: server.rates,
		interval: {chosen: settings.interval, inForce: intervalOf(state)},
		isReadOnly: settings.isReadOnly,
		isDryRun: settings.isDryRun,
	};
	const titles = {sortedBy: screen.sort.column, isReversed: screen.sort.isReversed};
	return [
		...headerLines(heading, columns, count),
		...(hasAlertLine ? [alertLine(state, columns)] : []),
		titleLine(columnsFor(columns), titles),
	];
}

/** The rows in the window, filled up with empty lines to `height`; of more than that those around the selected one. */
export function tableRows(state: State, room = tableLines(state)): readonly Line[] {
	const height = Math.max(0, room);
	const {size, selected} = state.screen;
	const fitted = columnsFor(size.columns);
	const rows = shownRows(state);
	const index = rows.findIndex(({backend}) => backend.id === selected);
	const from = Math.max(0, index - height + 1);
	const lines = rows.slice(from, from + height).map(row => rowLine(fitted, row, row.backend.id === selected));
	return [...lines, ...Array.from({length: height - lines.length}, () => emptyLine(size.columns))];
}

/** Status line and footer; a question stands above them and takes their place while it is open. */
export function bottomLines(state: State): readonly Line[] {
	const {size} = state.screen;
	const [layer] = state.screen.layers;
	const {columns, rows} = size;
	const status = statusLine(state, columns);
	if (layer.type === 'question' && layer.facts) {
		return [...questionLines(layer, columns, questionRoom(rows)), status];
	}

	return [status, ...(layoutFor(rows).hasFooter ? [footerLine(state, columns)] : [])];
}
