import type {RowId} from '../../domain/row-id.js';
import {rowName} from '../../domain/session/words/row-name.js';
import {lacksLocks} from '../../tables/lacks-locks.js';
import {sessions} from '../../views/sessions/view.js';
import type {Frame} from '../list/frame.js';
import {selectSession} from '../list/jump.js';
import {lookFor} from '../list/seats.js';
import {pictureOf} from '../picture.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {rootFromHere} from './root-from-here.js';

/** Selects who holds up the chain of the selected session; where that waits for nobody the worst of all, and from a root the next one. */
export function selectRoot(state: State, now: number): State {
	const why = lacksLocks(state);
	const picture = pictureOf(state);
	if (why !== undefined || !picture) return say(state, `who waits for whom is not known: ${why}`, true);
	const root = rootFromHere(state);
	if (!root) return say(state, 'nobody waits for a lock');
	const {id, isWorst} = root;
	const found = sessions.rows(picture).find(one => one.id === id);
	if (!found) return say(state, 'who blocks most is not in this picture: the next one may have it', true);
	const name = rowName(found);
	if (isWorst && isUnread(state, id, now))
		return say(state, `the worst is ${name} now: b again selects it`, true);
	const there = selectSession(state, id, now);
	return id === state.screen.selected ? say(there, `${name} is the only root`) : there;
}

/** Whether the screen has named another one until just now: a hand on the key means that one. */
function isUnread({screen: {worst}}: State, id: RowId, now: number): boolean {
	if (!worst) return false;
	return worst.id !== id || (worst.isAfterAnother === true && now - worst.since < lookFor);
}

/** Which root the frames on the terminal have named as the worst, and since when. One without alerts names none. */
export function namedAfter(
	before: State['screen']['worst'],
	alerts: Frame['alerts'],
	now: number,
): State['screen']['worst'] {
	if (!alerts) return before;
	const {worst: id} = alerts;
	if (id === undefined) return undefined;
	if (before?.id === id) return before;
	return {id, since: now, ...(before && {isAfterAnother: true})};
}
