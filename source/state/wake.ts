import {pendingUntil} from '../terminal/decode.js';
import {fireIfAlone} from './aiming.js';
import {aloneFor} from './alone.js';
import {closeIfLate, questionUntil} from './asking.js';
import {leaveIfDue, leavingUntil} from './leaving.js';
import {connectIfDue} from './linking.js';
import {expireKeys} from './press.js';
import {sampleIfDue} from './sampling.js';
import type {State} from './state.js';
import {andThen, type Step, withScreen} from './step.js';
import {lookAt, lookIfDue} from './watching.js';

const counterTick = 1000;

/** Whether a counter of seconds is on the screen. */
const isCounting = ({server, screen}: State) => server.link.type !== 'up' || screen.pausedAt !== undefined;

/** When the state has to be looked at again although nothing happens: the earliest of all its deadlines, in milliseconds. */
export function nextWake(state: State): number | undefined {
	const {server, screen} = state;
	const {link} = server;
	const deadlines = [
		screen.armed && screen.armed.at + aloneFor,
		pendingUntil(screen.pending),
		questionUntil(state),
		leavingUntil(state),
		link.type === 'up' && server.sampledAt === undefined ? server.nextSampleAt : undefined,
		link.type === 'down' ? link.tryAt : undefined,
		isCounting(state) ? screen.clock + counterTick : undefined,
		...(link.type === 'up' && !server.isLooking ? server.signals.map(lookAt) : []),
	].filter(time => time !== undefined && time !== Infinity);
	return deadlines.length === 0 ? undefined : Math.min(...(deadlines as number[]));
}

/** Does all that is due. Keys come first: a signal must not wait behind a refresh. */
export function wake(state: State, now: number): Step {
	const due = [fireIfAlone, expireKeys, closeIfLate, leaveIfDue, connectIfDue, lookIfDue, sampleIfDue, tick];
	return due.reduce<Step>((step, slice) => andThen(step, after => slice(after, now)), [state, []]);
}

const tick = (state: State, now: number): Step => [
	isCounting(state) && now >= state.screen.clock + counterTick ? withScreen(state, {clock: now}) : state,
	[],
];
