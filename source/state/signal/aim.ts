import {rowWith} from '../../domain/list/row.js';
import type {Backend} from '../../domain/session/backend.js';
import {keyOf, type Signal, type Work} from '../../domain/signal/target.js';
import type {Reason} from '../../domain/signal/verdict/reason.js';
import {verdictOn} from '../../domain/signal/verdict/verdict.js';
import {workOf} from '../../domain/signal/work.js';
import type {Deadline} from '../deadline.js';
import {aloneFor} from '../keys/alone.js';
import {lineOutOfWindow} from '../list/cursor.js';
import {lookedAt} from '../list/drawn.js';
import type {Taken} from '../list/frame.js';
import type {Aim, Details} from '../screen/layers.js';
import {ignore, ignoreKey, sayFirst} from '../screen/note.js';
import type {State} from '../state.js';
import {withHand, withStatus} from '../step.js';
import {ask, reasonsOf} from './question/ask.js';
import {orderFor, send} from './send.js';

/** When a second k ends the session whatever it does by then: so long after it was drawn that it is at something else, in milliseconds. */
const againFrom = 700;
const againUntil = 10_000;

/** Takes aim: at the session as it was looked at. Nothing is sent before the key has proven to be alone. */
export function aim(state: State, signal: Signal, now: number): State {
	const [layer] = state.screen.layers;
	return layer.type === 'details' ? aimAtDetails(state, layer, signal, now) : aimAtRow(state, signal, now);
}

function aimAtRow(state: State, signal: Signal, now: number): State {
	const {screen, server} = state;
	const row = rowWith(screen.rows, screen.selected);
	if (!row || !server.snapshot) return state;
	const {pid, id} = row.backend;
	const line = lineOutOfWindow(state);
	if (line !== undefined) return sayFirst(state, `${pid} is in line ${line} now: an arrow goes there`, now);
	const look = lookedAt(state, id, now);
	if (!look) {
		const why = screen.blindSince === undefined ? 'its row has just come there' : 'a new picture is to come';
		return ignore(state, `${pid}: ${keyOf[signal]}`, `, ${why}`, now);
	}

	return arm(state, signal, {...look, others: []}, now);
}

export const areOpen: Reason = {id: 'details', text: 'the details are open', short: 'the details are open'};

/** The details scroll like a pager, where k is up. */
function aimAtDetails(state: State, {inspection}: Details, signal: Signal, now: number): State {
	if (!inspection) return sayFirst(state, 'nothing is read yet', now);
	return arm(state, signal, {backend: inspection.backend, taken: inspection, others: [areOpen]}, now);
}

type Looked = {readonly backend: Backend; readonly taken: Taken; readonly others: readonly Reason[]};

function arm(state: State, signal: Signal, {backend, taken, others}: Looked, now: number): State {
	const {server, screen, settings} = state;
	if (!server.snapshot) return state;
	const {startedAt} = taken;
	if (isOfServerBefore(state, taken)) {
		const words = screen.pausedAt === undefined ? 'a new one is to come' : 'p goes on';
		return sayFirst(state, `this picture is of the server before: ${words}`, now);
	}

	const verdict = verdictOn(signal, backend, server.snapshot.ownPid, taken.at);
	if (verdict.type === 'refuse') return sayFirst(state, verdict.why, now);
	const work = workFor(state, signal, backend, now);
	if (work === undefined) return tellAgain(state, signal, now);
	const isAsked = reasonsOf(state, verdict).length + others.length > 0 || settings.confirm === 'always';
	const order = orderFor(state, {
		signal,
		backend,
		...(startedAt !== undefined && {startedAt}),
		work,
		asked: [],
		now,
	});
	const target: Aim = isAsked
		? {type: 'ask', signal, backend, others, ...(startedAt !== undefined && {startedAt})}
		: {type: 'send', order, backend, at: taken.at};
	return withHand(state, {armed: {key: keyOf[signal], at: now, aim: target}});
}

const isOfServerBefore = ({server: {instance}}: State, {startedAt}: Taken) =>
	startedAt !== undefined && instance?.startedAt !== undefined && instance.startedAt !== startedAt;

/** A second k demands the session alone; one before the first was read is none. */
function workFor({hand: {secondK}}: State, signal: Signal, backend: Backend, now: number): Work | undefined {
	if (signal === 'cancel' || secondK?.id !== backend.id) return workOf(signal, backend);
	const {drawnAt = now} = secondK;
	if (now - drawnAt < againFrom) return undefined;
	return now - drawnAt <= againUntil ? 'session' : workOf(signal, backend);
}

/** It has to be read before it can be answered: where something else was said in its place, it is said now. */
function tellAgain(state: State, signal: Signal, now: number): State {
	const {secondK} = state.hand;
	return secondK && secondK.drawnAt === undefined
		? withStatus(state, {signal: secondK.number, note: undefined})
		: ignoreKey(state, keyOf[signal], 'what has changed was just said', now);
}

/** Something came with the key: it was not alone. */
export function disarm(state: State, now: number): State {
	const {armed} = state.hand;
	if (!armed) return state;
	return ignoreKey(withHand(state, {armed: undefined}), armed.key, 'it came together with other keys', now);
}

/** Nothing has followed the key: it was pressed alone, and acts. */
export const armedKey: Deadline = {
	name: 'armed key',
	at: ({hand: {armed}}) => armed && armed.at + aloneFor,
	act(state, now) {
		const {armed} = state.hand;
		const fired = withHand(state, {armed: undefined});
		if (!armed || state.server.link.type !== 'up') return [fired, []];
		return armed.aim.type === 'send' ? send(fired, armed.aim, armed.at, now) : ask(fired, armed.aim, now);
	},
};
