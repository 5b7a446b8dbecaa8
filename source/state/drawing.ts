import {indexOfRow} from '../domain/list/row.js';
import {isTooSmall, type Size, scrollTo} from '../domain/list/window.js';
import type {Drawn, DrawnRow} from './drawn.js';
import {tableLines} from './ordering.js';
import type {State} from './state.js';
import {withScreen} from './step.js';

/** How long a row must have been seen, highlighted, before a key acts on it; in milliseconds. */
const lookFor = 200;

/** A frame with the highlighted row, or none, has reached the terminal. */
export function drawn(state: State, row: Omit<DrawnRow, 'drawnAt'> | undefined, now: number): State {
	const {drawn: before, blindSince} = state.screen;
	if (!row || blindSince !== undefined) return before ? withScreen(state, {drawn: undefined}) : state;
	const {id} = row.backend;
	const look = {...row, drawnAt: now};
	if (before?.id !== id) return withScreen(state, {drawn: {id, since: now, looks: [look]}});
	if (before.looks.at(-1)?.backend === row.backend) return state;
	const seen = before.looks.findLastIndex(({drawnAt}) => drawnAt <= now - lookFor);
	return withScreen(state, {drawn: {...before, looks: [...before.looks.slice(Math.max(0, seen)), look]}});
}

/** What the person has had the time to look at; undefined while the highlighted row is too new on the screen. */
export function lookedAt(seen: Drawn, now: number): DrawnRow | undefined {
	if (now - seen.since < lookFor) return undefined;
	return seen.looks.findLast(({drawnAt}) => drawnAt <= now - lookFor);
}

export function resized(state: State, size: Size): State {
	const {rows, selected, top, size: before} = state.screen;
	if (size.columns === before.columns && size.rows === before.rows) return state;
	const sized = withScreen(state, {size, ...(isTooSmall(size) && {armed: undefined})});
	const height = tableLines(sized);
	const index = indexOfRow(rows, selected);
	const wasInWindow = index >= top && index < top + tableLines(state);
	return withScreen(sized, {top: scrollTo(top, wasInWindow ? index : top, height, rows.length)});
}

/** The screen is another one's since: nothing on it counts as looked at before a new picture is drawn. */
export const resumed = (state: State, now: number): State => ({
	...state,
	screen: withScreen(state, {drawn: undefined, armed: undefined, blindSince: now}).screen,
	server: {...state.server, nextSampleAt: now},
});
