import type {Key} from '../../terminal/decode.js';
import type {Deadline} from '../deadline.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** A key that signals counts only when no other byte came this long before and after it, in milliseconds. */
export const aloneFor = 50;

/** How long it is said why a key that signals was not obeyed, whatever else there is to say; in milliseconds. */
const saidFor = 3000;

/** What comes before an outcome: above all why a key that signals was not obeyed. */
export const sayFirst = (state: State, text: string, now: number): State =>
	withScreen(state, {said: {text, isBad: true, until: now + saidFor}});

/** Says that a key was dropped, and why: `subject` is the key, or the key with the session that it was meant for. */
export const ignore = (state: State, subject: string, why: string, now: number): State =>
	withScreen(state, {
		said: {text: `${subject} ignored${why}`, isBad: true, isIgnored: true, until: now + saidFor},
	});

/** Says that a key did not count as one, and that it may be pressed again. */
export const ignoreKey = (state: State, key: string, why: string, now: number): State =>
	ignore(state, key, `: ${why}, press it again`, now);

/** What was said of a key makes place for what is to be said besides. */
export const saidFirst: Deadline = {
	name: 'said first',
	at: ({screen: {said}}) => said?.until,
	act(state) {
		const {until: _, ...quiet} = state.screen.said ?? {text: ''};
		return [withScreen(state, {said: quiet}), []];
	},
};

/** Why a key that must be pressed alone was not; what comes after it shows later. */
export function whyNotAlone({gap, isFollowed, isAfterBroken}: Key): string | undefined {
	if (isAfterBroken) return 'it came right after an unfinished key';
	return gap < aloneFor || isFollowed ? 'it came together with other keys' : undefined;
}
