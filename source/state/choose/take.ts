import {columnName} from '../../domain/list/named/column-named.js';
import {renewOrder} from '../list/order.js';
import {withColumns} from '../list/shown-columns.js';
import type {Chooser} from '../screen/layers.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, withScreen} from '../step.js';
import {byWidth, columnItems, columnWith, noRoomFor} from './items.js';

/** Enter takes what is chosen; where nothing is, the chooser stays open. */
export function chooserEntered(state: State, chooser: Chooser, now: number): State {
	if (chooser.chosen === undefined) return state;
	return chooser.of === 'sort' ? sortedBy(state, chooser.chosen, now) : columnsTaken(state, chooser);
}

function sortedBy(state: State, id: string, now: number): State {
	const {sort} = state.screen;
	const column = columnWith(id);
	if (!column) return state;
	const isReversed = sort.column === id && sort.isReversed;
	const sorted = withScreen(closeLayer(state), {sort: {column: id, isReversed}});
	return renewOrder(say(sorted, `sorted by ${column.title}: ${column.help}`), now);
}

const nameOf = (id: string) => columnName(columnWith(id) ?? {id, title: id});

function columnsTaken(state: State, chooser: Chooser): State {
	const {items, chosen} = chooser;
	const closed = closeLayer(state);
	if (chosen === byWidth) return say(withColumns(closed, undefined), 'columns by the width of the terminal');
	// Looked at and left as they were, they go on as the width has it.
	const before = columnItems(state);
	if (items.every(({id, isOn}, index) => before[index]?.id === id && before[index]?.isOn === isOn))
		return closed;
	const on = items.filter(({isOn}) => isOn).map(({id}) => id);
	if (on.length === 0)
		return changeLayer(state, {...chooser, problem: 'one column at least: Space switches it on'});
	const after = withColumns(closed, on);
	const left = noRoomFor(after);
	return left === undefined
		? say(after, `for the next run: --columns=${on.map(nameOf).join(',')}`)
		: say(after, `${left}: what stands first comes first`, true);
}
