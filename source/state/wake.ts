import {staleAfter} from '../domain/server/pace.js';
import {pendingUntil} from '../terminal/decode.js';
import {aloneFor, saidUntil, yieldSaid} from './keys/alone.js';
import {expireKeys} from './keys/press.js';
import {leaveIfDue, leavingUntil} from './screen/quit.js';
import {connectIfDue} from './server/link.js';
import {readRightsIfDue, rightsAt} from './server/rights.js';
import {sampleIfDue} from './server/sample.js';
import {fireIfAlone} from './signal/aim.js';
import {lookIfDue, looksAt} from './signal/looks.js';
import {closeIfLate, questionUntil} from './signal/question/ask.js';
import {lookForQuestion, questionLookAt} from './signal/question/follow.js';
import type {State} from './state.js';
import {andThen, type Step, withScreen} from './step.js';

const counterTick = 1000;

/** When the counter of seconds on the screen, if there is one, goes on: without a connection, while held, or when the picture is old. */
function tickAt(state: State): number | undefined {
	const {server, screen, settings} = state;
	const next = screen.clock + counterTick;
	if (server.link.type !== 'up' || screen.pausedAt !== undefined) return next;
	return server.snapshot
		? Math.max(next, server.receivedAt + staleAfter(settings.interval, server.serverMs))
		: undefined;
}

/** When the state has to be looked at again although nothing happens: the earliest of all its deadlines, in milliseconds. */
export function nextWake(state: State): number | undefined {
	const {server, screen} = state;
	const {link} = server;
	const deadlines = [
		screen.armed && screen.armed.at + aloneFor,
		pendingUntil(screen.pending),
		questionUntil(state),
		questionLookAt(state),
		saidUntil(state),
		leavingUntil(state),
		link.type === 'up' && server.sampledAt === undefined ? server.nextSampleAt : undefined,
		link.type === 'down' ? link.tryAt : undefined,
		tickAt(state),
		rightsAt(state),
		...looksAt(state),
	].filter(time => time !== undefined && time !== Infinity);
	return deadlines.length === 0 ? undefined : Math.min(...(deadlines as number[]));
}

/** Does all that is due. Keys come first: a signal must not wait behind a refresh. */
export function wake(state: State, now: number): Step {
	const due = [
		fireIfAlone,
		expireKeys,
		closeIfLate,
		leaveIfDue,
		connectIfDue,
		lookIfDue,
		lookForQuestion,
		sampleIfDue,
		readRightsIfDue,
		tick,
		(after: State, at: number): Step => [yieldSaid(after, at), []],
	];
	return due.reduce<Step>((step, slice) => andThen(step, after => slice(after, now)), [state, []]);
}

const tick = (state: State, now: number): Step => [
	now >= (tickAt(state) ?? Infinity) ? withScreen(state, {clock: now}) : state,
	[],
];
