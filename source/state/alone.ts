import type {Key} from '../terminal/decode.js';
import type {State} from './state.js';
import {withScreen} from './step.js';

/** A key that signals counts only when no other byte came this long before and after it, in milliseconds. */
export const aloneFor = 50;

/** Says that a key was dropped, and why. */
export const ignore = (state: State, key: string, why: string): State =>
	withScreen(state, {said: {text: `${key} ignored: ${why}, press it again`, isBad: true, isIgnored: true}});

/** Why a key that must be pressed alone was not; what comes after it shows later. */
export function whyNotAlone({gap, isFollowed, isAfterBroken}: Key): string | undefined {
	if (isAfterBroken) return 'it came right after an unfinished key';
	return gap < aloneFor || isFollowed ? 'it came together with other keys' : undefined;
}
