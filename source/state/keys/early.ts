import {bindingFor} from '../../tables/keymap.js';
import type {Key} from '../../terminal/decode.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';

/** No more keys wait than anybody presses while a server starts to answer. */
const most = 1000;

/** Keys that act on what was looked at. Nobody has seen a session yet. */
const needLook = ['c', 'k', 'y'];

/** What acts on the picture. Held before it has come, it would never come. */
const needPicture: readonly (string | undefined)[] = [
	'move',
	'details',
	'pause',
	'root',
	'tag',
	'tag-matching',
	'untag',
];

/** The first picture may still come. */
const isTooEarly = (state: State) =>
	!pictureOf(state) &&
	state.server.link.type === 'up' &&
	state.server.failures === 0 &&
	state.screen.pausedAt === undefined;

/** Whether a key acts on the list, or comes after one that does. */
export function isEarly(state: State, {name}: Key): boolean {
	if (!isTooEarly(state)) return false;
	const [layer] = state.screen.layers;
	const does = bindingFor(name, layer.type)?.does.type;
	// Nobody waits for a server in order to leave.
	if (does === 'quit' || does === 'suspend' || does === 'redraw') return false;
	if (state.hand.early) return true;
	return layer.type === 'table' && (needLook.includes(name) || needPicture.includes(does));
}

/** What a key waits behind. */
export const withEarly = (early: readonly Key[] = [], key: Key): readonly Key[] =>
	early.length < most ? [...early, key] : early;

export type Early = {readonly pressed: readonly Key[]; readonly dropped?: Key};

/** The keys that have waited, when nothing is waited for any more; undefined while that is not so, or without any. `dropped` is the last one that must not act. */
export function earlyKeys(state: State): Early | undefined {
	const {early} = state.hand;
	if (!early || isTooEarly(state)) return undefined;
	const dropped = early.findLast(({name}) => needLook.includes(name));
	return {pressed: early.filter(({name}) => !needLook.includes(name)), ...(dropped && {dropped})};
}
