import {pictureOf} from '../state/picture.js';
import type {State} from '../state/state.js';
import {withoutParts} from './alerts/unchecked.js';

/** Why nobody can tell who waits for whom; undefined where the picture has it. */
export function lacksLocks(state: State): string | undefined {
	const picture = pictureOf(state);
	if (!picture) return 'there is no picture yet';
	if (picture.locks) return undefined;
	return withoutParts(state, ['locks']) ?? 'locks were not read with this picture';
}
