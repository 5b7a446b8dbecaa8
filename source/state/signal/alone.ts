import type {Key} from '../../terminal/decode.js';

/** A key that signals counts only when no other byte came within this time before or after it. In milliseconds. */
export const aloneFor = 50;

/** Why a key was not pressed alone, as far as can be told by now: what comes after it shows only later. */
export function whyNotAlone({gap, isFollowed, isAfterBroken}: Key): string | undefined {
	if (isAfterBroken) return 'it came right after an unfinished key';
	return gap < aloneFor || isFollowed ? 'it came together with other keys' : undefined;
}
