import type {Row} from '../../domain/list/row.js';
import {isTooSmall, layoutFor} from '../../domain/list/window.js';
import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import type {Backend} from '../../domain/session/backend.js';
import {lineOutOfWindow} from '../list/cursor.js';
import type {Frame, FrameRow} from '../list/frame.js';
import {tableLines} from '../list/order.js';
import {pictureOf} from '../picture.js';
import {hasCome} from '../signal/question/asked.js';
import {saidBy} from '../signal/question/question-drawn.js';
import {saidSignals} from '../signal/sentences.js';
import type {State} from '../state.js';
import {shownLayer} from './layers.js';

/** What the frame of this state shows that a key may act on. */
export function frameOf(state: State): Frame {
	const {screen} = state;
	const {selected, rows, top, size} = screen;
	const [layer] = screen.layers;
	if (isTooSmall(size)) return {rows: [], hasQuestion: false};
	const isQuestion = layer.type === 'question';
	const signals = saidSignals(state);
	const isRead = isQuestion && hasCome(layer);
	const isBehindPassword = screen.layers.some(({type}) => type === 'password');
	const isList = !isBehindPassword && shownLayer(screen.layers).type === 'table';
	const picture = pictureOf(state);
	const [worst] = picture ? lockGraphOf(picture).roots : [];
	const others = {
		...(isList && picture && {alerts: worst === undefined ? {} : {worst}}),
		hasQuestion: isRead,
		...(isRead && {says: saidBy(layer)}),
		...(signals.length > 0 && {signals}),
		...(layer.type === 'password' && {hasPasswordLine: true as const}),
	};
	// A question moves the list, so no row is in its usual line.
	const shown = !isList
		? []
		: isQuestion
			? rows.filter(row => row.value.id === selected && lineOutOfWindow(state) === undefined)
			: rows.slice(top, top + tableLines(state));
	// With more lines above every row stands further down.
	const {headerLines, hasAlertLine} = layoutFor(size.rows);
	const above = headerLines + (hasAlertLine ? 1 : 0);
	const listed = shown.flatMap((row, index) =>
		row.isGone ? [] : [frameRow(state, row, isQuestion ? undefined : above + index)],
	);
	const isHighlighted = listed.some(({backend}) => backend.id === selected);
	return {rows: listed, ...(isHighlighted && selected !== undefined && {highlighted: selected}), ...others};
}

function frameRow(state: State, {value: backend, at}: Row<Backend>, line: number | undefined): FrameRow {
	const startedAt = pictureOf(state)?.server.startedAt;
	const taken = startedAt === undefined ? {at} : {at, startedAt};
	return line === undefined ? {backend, taken} : {backend, taken, line};
}
