import {rowWith} from '../../domain/list/row.js';
import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {queueId} from '../../domain/locks/tree/queue-line.js';
import {aboveIn} from '../../domain/locks/tree/tree.js';
import type {RowId} from '../../domain/row-id.js';
import {jumpTo} from '../list/jump.js';
import {renewOrder} from '../list/order.js';
import {pictureOf} from '../picture.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** Opens the selected line of a queue: each waiter has a row, and the first of them is selected. */
export function openQueue(state: State, now: number): State {
	const {rows, selected, opened, folded} = state.screen;
	const queue = rowWith(rows, selected)?.value.queue;
	const picture = pictureOf(state);
	if (!queue || !picture) return say(state, 'Right opens the line of a queue: there is none here', true);
	const {under} = queue;
	const first =
		lockGraphOf(picture)
			.childrenOf(under)
			.find(id => folded.has(id)) ?? under;
	const open = withScreen(state, {opened: new Set([...opened, under]), selected: first});
	return goTo(renewOrder(open, now), [first, under], now);
}

/** Closes the open queue that the selected session stands in or at the head of, and selects its line. */
export function closeQueue(state: State, now: number): State {
	const {selected, opened} = state.screen;
	const picture = pictureOf(state);
	const above = picture && selected !== undefined ? aboveIn(lockGraphOf(picture))(selected) : undefined;
	const under = [selected, above].find(id => id !== undefined && opened.has(id));
	if (under === undefined) return say(state, 'Left closes a queue that is open: there is none here', true);
	const line = queueId(under);
	const others = new Set([...opened].filter(id => id !== under));
	return goTo(renewOrder(withScreen(state, {opened: others, selected: line}), now), [line, under], now);
}

/** Selects the first of these that has a row. */
function goTo(state: State, ids: readonly RowId[], now: number): State {
	const id = ids.find(one => rowWith(state.screen.rows, one));
	return id === undefined ? withScreen(state, {selected: undefined}) : jumpTo(state, id, now);
}
