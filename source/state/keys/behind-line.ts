import {ignore} from '../screen/note.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import {withHand} from '../step.js';

/** How long c and k do nothing after a line was typed, in milliseconds. */
const deafFor = 1000;

/** A line or a chooser closes: what is typed a little longer is no key. */
export const behindLine = (state: State, now: number): State => withHand(state, {typedUntil: now + deafFor});

/** Whether this key may still be text that was meant for a line. */
export const isBehindLine = ({hand: {typedUntil = 0}}: State, key: string, now: number): boolean =>
	(key === 'c' || key === 'k') && now < typedUntil;

export const sayBehindLine = (state: State, key: string, now: number): Step => [
	ignore(state, key, ': the line has just closed', now),
	[],
];
