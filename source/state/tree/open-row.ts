import {rowWith} from '../../domain/list/row.js';
import {openPrepared} from '../choose/prepared.js';
import {openDetails} from '../screen/details/details.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import {openQueue} from './queue.js';

/** What Enter opens: the queue that a line stands for, what ends a prepared transaction, or the details of a session. */
export function openRow(state: State, now: number): Step {
	const row = rowWith(state.screen.rows, state.screen.selected);
	if (!row || row.isGone || row.isOfBefore) return openDetails(state);
	const {queue, prepared} = row.value;
	if (queue) return [openQueue(state, now), []];
	return prepared ? [openPrepared(state, prepared), []] : openDetails(state);
}
