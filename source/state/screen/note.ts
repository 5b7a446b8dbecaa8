import {notConnected} from '../../tables/not-connected.js';
import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {withStatus} from '../step.js';

/** Another server, or a new connection, takes away why a key did nothing: it may do something now. */
export function quietRefusal(state: State): State {
	const {note} = state.status;
	const isOver = note?.isRefusal || note?.text.startsWith(notConnected);
	return isOver ? withStatus(state, {note: undefined}) : state;
}

/** How long the status line says why c, k or y was not obeyed, whatever else there is to say. In milliseconds. */
const saidFor = 3000;

/** What the status line says of the last key, until the next one. */
export const say = (state: State, text: string, isBad = false): State =>
	withStatus(state, {note: {text, isBad}});

/** Says what comes before an outcome: mostly why c, k or y was not obeyed. */
export const sayFirst = (state: State, text: string, now: number): State =>
	withStatus(state, {note: {text, isBad: true, isRefusal: true, firstUntil: now + saidFor}});

/** Says that a key was dropped, and why: `subject` is the key, or the key with the session that it was meant for. */
export const ignore = (state: State, subject: string, why: string, now: number): State =>
	withStatus(state, {
		note: {text: `${subject} ignored${why}`, isBad: true, isIgnored: true, firstUntil: now + saidFor},
	});

/** Says that a key did not count as one, and that it may be pressed again. */
export const ignoreKey = (state: State, key: string, why: string, now: number): State =>
	ignore(state, key, `: ${why}, press it again`, now);

/** After its time a note no longer comes before what else there is to say. */
export const firstNote: Deadline = {
	name: 'note that comes first',
	at: ({status: {note}}) => note?.firstUntil,
	act(state) {
		const {firstUntil: _, ...note} = state.status.note ?? {text: ''};
		return [withStatus(state, {note}), []];
	},
};

/** A key takes away what was said before it, but a movement leaves the outcome of a signal, and which tags have fallen away. */
export const quiet = (state: State, isMovement = false): State =>
	withStatus(
		state,
		isMovement ? {note: undefined} : {note: undefined, signals: undefined, untagged: undefined},
	);
