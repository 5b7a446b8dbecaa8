import {heldFor} from '../list/order.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** Those that are listed only because they were tagged stay until the order is renewed. */
export const untagAll = (state: State, now: number): State =>
	say(withScreen(state, {tags: new Map(), heldUntil: now + heldFor}), `${state.screen.tags.size} untagged`);
