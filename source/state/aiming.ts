import {rowWith} from '../domain/list/row.js';
import {keyOf, type Signal} from '../domain/signal/target.js';
import {verdictOn} from '../domain/signal/verdict.js';
import {aloneFor, ignore} from './alone.js';
import {ask, whyAsked} from './asking.js';
import {lookedAt} from './drawing.js';
import type {DrawnRow} from './drawn.js';
import {isStale} from './interval.js';
import {lineOutOfWindow} from './selecting.js';
import {orderFor, send} from './sending.js';
import type {Aim, Details, State} from './state.js';
import {type Step, say, withScreen} from './step.js';

/** Takes aim: at the session as it was looked at. Nothing is sent before the key has proven to be alone. */
export function aim(state: State, signal: Signal, now: number): State {
	const {layer} = state.screen;
	return layer.type === 'details' ? aimAtDetails(state, layer, signal, now) : aimAtRow(state, signal, now);
}

function aimAtRow(state: State, signal: Signal, now: number): State {
	const {screen, server} = state;
	const row = rowWith(screen.rows, screen.selected);
	if (!row || !server.snapshot) return state;
	const {pid} = row.backend;
	const line = lineOutOfWindow(state);
	if (line !== undefined) return say(state, `${pid} is in line ${line} now: an arrow goes there`, true);
	const isDrawn = screen.drawn?.id === row.backend.id && screen.blindSince === undefined;
	const look = isDrawn && screen.drawn ? lookedAt(screen.drawn, now) : undefined;
	return look
		? arm(state, signal, look, [], now)
		: ignore(state, keyOf[signal], `${pid} was not on the screen long enough`);
}

/** The details scroll like a pager, where k is up. */
function aimAtDetails(state: State, {inspection}: Details, signal: Signal, now: number): State {
	const taken = inspection && {at: inspection.at, receivedAt: now};
	return inspection && taken
		? arm(state, signal, {backend: inspection.backend, taken}, ['the details are open'], now)
		: say(state, 'nothing is read yet', true);
}

function arm(
	state: State,
	signal: Signal,
	{backend, taken}: Omit<DrawnRow, 'drawnAt'>,
	others: readonly string[],
	now: number,
): State {
	const {snapshot} = state.server;
	if (!snapshot) return state;
	const verdict = verdictOn(signal, backend, snapshot.ownPid, taken.at);
	if (verdict.type === 'refuse') return say(state, verdict.why, true);
	const isAsked = whyAsked(state, verdict).length + others.length > 0 || state.settings.confirm === 'always';
	const order = orderFor(state, signal, backend, now, isStale(state, taken, now));
	const target: Aim = isAsked
		? {type: 'ask', signal, backend, others}
		: {type: 'send', order, backend, at: taken.at};
	return withScreen(state, {armed: {key: keyOf[signal], at: now, aim: target}});
}

/** Something came with the key: it was not alone. */
export function disarm(state: State): State {
	const {armed} = state.screen;
	if (!armed) return state;
	return ignore(withScreen(state, {armed: undefined}), armed.key, 'it came together with other keys');
}

/** Nothing followed the key: it was pressed alone, and acts. */
export function fireIfAlone(state: State, now: number): Step {
	const {armed} = state.screen;
	if (!armed || now < armed.at + aloneFor || state.server.link.type !== 'up') return [state, []];
	const fired = withScreen(state, {armed: undefined});
	return armed.aim.type === 'send' ? send(fired, armed.aim, armed.at, now) : ask(fired, armed.aim, now);
}
