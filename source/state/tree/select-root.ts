import {type LockGraph, lockGraphOf} from '../../domain/locks/lock-graph.js';
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

/** Selects who holds up the chain of the selected session; where that waits for nobody the worst of all, and from a root the next one. */
export function selectRoot(state: State, now: number): State {
	const why = lacksLocks(state);
	const picture = pictureOf(state);
	if (why !== undefined || !picture) return say(state, `who waits for whom is not known: ${why}`, true);
	const graph = lockGraphOf(picture);
	const [worst] = graph.roots;
	if (worst === undefined) return say(state, 'nobody waits for a lock');
	const all = sessions.rows(picture);
	const {selected} = state.screen;
	const own = rootFor(graph, leaderOf(state, selected));
	const id = own ?? worst;
	const found = all.find(one => one.id === id);
	if (!found) return say(state, 'who blocks most is not in this picture: the next one may have it', true);
	const name = rowName(found);
	if (own === undefined && isUnread(state, worst, now))
		return say(state, `the worst is ${name} now: b again selects it`, true);
	const there = selectSession(state, id, now);
	return id === selected ? say(there, `${name} is the only root`) : there;
}

/** Of a parallel worker the leader stands for all of them. */
function leaderOf(state: State, id: RowId | undefined): RowId | undefined {
	const {rows} = state.screen;
	const leader = rows.find(({value}) => value.id === id)?.value.leaderPid;
	return leader === undefined ? id : (rows.find(({value: {pid}}) => pid === leader)?.value.id ?? id);
}

function rootFor(graph: LockGraph, id: RowId | undefined): RowId | undefined {
	if (id === undefined) return undefined;
	const {roots} = graph;
	const index = roots.indexOf(id);
	if (index !== -1) return roots[(index + 1) % roots.length];
	const root = graph.rootOf(id);
	return root !== undefined && roots.includes(root) ? root : undefined;
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
