import type {Key} from '../../terminal/decode.js';

/** A key that signals counts only when no other byte came this long before and after it, in milliseconds. */
export const aloneFor = 50;

/** Why a key that must be pressed alone was not; what comes after it shows later. */
export function whyNotAlone({gap, isFollowed, isAfterBroken}: Key): string | undefined {
	if (isAfterBroken) return 'it came right after an unfinished key';
	return gap < aloneFor || isFollowed ? 'it came together with other keys' : undefined;
}
