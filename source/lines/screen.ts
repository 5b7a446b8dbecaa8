import {fitColumns} from '../domain/list/fit.js';
import {isTooSmall, layoutFor} from '../domain/list/window.js';
import {tableLines} from '../state/list/order.js';
import {shownColumns} from '../state/list/shown-columns.js';
import {shownRows} from '../state/list/shown-rows.js';
import {pictureOf} from '../state/picture.js';
import {shownLayer} from '../state/screen/layers.js';
import {pageOf} from '../state/screen/page.js';
import {intervalOf} from '../state/server/interval.js';
import {hasCome} from '../state/signal/question/asked.js';
import type {State} from '../state/state.js';
import {footerLine} from './foot/footer.js';
import {questionOf} from './foot/question-of.js';
import {statusLine} from './foot/status.js';
import {alertLine} from './head/alert.js';
import {headerLines} from './head/header.js';
import type {Line} from './line.js';
import {type PagePart, pageWindow} from './page.js';
import {paneLines} from './pane/pane.js';
import {emptyLine, rowLine, titleLine} from './row.js';
import {tooSmallLines} from './too-small.js';

/** What stands above the rows: header, alert line and column titles. Each line is exactly as wide as the terminal. */
export function topLines(state: State): readonly Line[] {
	const {settings, server, screen} = state;
	const {columns, rows} = screen.size;
	const {headerLines: count, hasAlertLine} = layoutFor(rows);
	const heading = {
		target: settings.target,
		snapshot: pictureOf(state),
		rates: server.rates,
		interval: {chosen: settings.interval, inForce: intervalOf(state)},
		thresholds: settings.thresholds,
		isProduction: settings.production !== undefined,
		isReadOnly: settings.isReadOnly,
		isDryRun: settings.isDryRun,
		tpsBefore: server.tpsBefore,
		isAscii: settings.isAscii,
	};
	const {sort} = screen;
	const titles = {sortedBy: sort.column, isReversed: sort.isReversed, isAscii: settings.isAscii};
	return [
		...headerLines(heading, columns, count),
		...(hasAlertLine ? [alertLine(state, columns)] : []),
		titleLine(fitColumns(shownColumns(state), columns), titles),
	];
}

/** The rows in the window, filled up with empty lines to `room`. Where there are more rows, a part of them with the selected one. */
export function tableRows(state: State, room = tableLines(state)): readonly Line[] {
	const height = Math.max(0, room);
	const {size, selected} = state.screen;
	const fitted = fitColumns(shownColumns(state), size.columns);
	const rows = shownRows(state);
	const index = rows.findIndex(({row}) => row.value.id === selected);
	const from = Math.max(0, index - height + 1);
	const lines = rows
		.slice(from, from + height)
		.map(({row, marks}) => rowLine(fitted, row, marks, row.value.id === selected));
	return [...lines, ...Array.from({length: height - lines.length}, () => emptyLine(size.columns))];
}

/** Status line and footer. A question stands above the status line, and the footer is not shown then. */
export function bottomLines(state: State): readonly Line[] {
	const {size} = state.screen;
	const {columns, rows} = size;
	const status = statusLine(state, columns);
	const question = questionOf(state);
	if (question) return [...question, status];
	return [status, ...(layoutFor(rows).hasFooter ? [footerLine(state, columns)] : [])];
}

/** All that is on the screen: as lines from its top, or a page with `foot` at the bottom of the screen. */
export type ScreenLines =
	| {readonly type: 'lines'; readonly lines: readonly Line[]}
	| {readonly type: 'page'; readonly page: PagePart; readonly foot: readonly Line[]};

export function screenLines(state: State): ScreenLines {
	const {size, layers} = state.screen;
	if (isTooSmall(size)) return {type: 'lines', lines: tooSmallLines(state)};
	const foot = bottomLines(state);
	const height = size.rows - foot.length;
	const page = pageOf(state);
	if (page) {
		const layer = shownLayer(layers);
		const shown = pageWindow(page, 'top' in layer ? layer.top : 0, size, height);
		return {type: 'page', page: shown, foot};
	}

	const top = topLines(state);
	const [layer] = layers;
	const pane = layer.type === 'question' && hasCome(layer) ? [] : paneLines(state);
	const room = height - pane.length;
	const list = [...top, ...tableRows(state, room - top.length)].slice(0, room);
	return {type: 'lines', lines: [...list, ...pane, ...foot]};
}
