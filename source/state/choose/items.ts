import {fitColumns} from '../../domain/list/fit.js';
import {sessions} from '../../views/sessions/view.js';
import {shownColumns} from '../list/shown-columns.js';
import type {Chooser, ChooserItem} from '../screen/layers.js';
import type {State} from '../state.js';

/** The item that leaves the columns to the width of the terminal. */
export const byWidth = 'by width';

export const columnWith = (id: string) => sessions.columns.find(column => column.id === id);

/** What the list can be sorted by. */
export const sortItems = (): readonly ChooserItem[] =>
	sessions.columns.filter(({isUnsortable}) => !isUnsortable).map(({id}) => ({id}));

/** The columns that the screen has room for. */
const columnsOnScreen = (state: State): readonly string[] =>
	fitColumns(shownColumns(state), state.screen.size.columns).map(({column: {id}}) => id);

/** Columns that are chosen stand first, in their order; where none are, those on the screen are on. */
export function columnItems(state: State): readonly ChooserItem[] {
	const {columns: chosen} = state.screen;
	const ids = sessions.columns.map(({id}) => id);
	const on = chosen ?? columnsOnScreen(state);
	const ordered = chosen ? [...chosen, ...ids.filter(id => !chosen.includes(id))] : ids;
	return [...ordered.map(id => ({id, isOn: on.includes(id)})), {id: byWidth}];
}

/** What it is narrowed down to: by the title of a column, or by what it shows. */
export function itemsShown({items, line}: Chooser): readonly ChooserItem[] {
	const typed = line.text.trim().toLowerCase();
	return items.filter(({id}) => {
		const {title = '', help = ''} = columnWith(id) ?? {};
		return [id, title, help].some(text => text.toLowerCase().includes(typed));
	});
}

/** The best of what is shown for what was typed: a title that begins so, or else the first. */
export function bestItem(chooser: Chooser): string | undefined {
	const typed = chooser.line.text.trim().toLowerCase();
	const shown = itemsShown(chooser);
	const named = (fits: (name: string) => boolean) =>
		shown.find(({id}) => [id, columnWith(id)?.title ?? ''].some(name => fits(name.toLowerCase())));
	const best = named(name => name === typed) ?? named(name => name.startsWith(typed)) ?? shown[0];
	return best?.id;
}

/** Which of the chosen columns this screen has no room for, if any. */
export function noRoomFor(state: State): string | undefined {
	const on = columnsOnScreen(state);
	const left = (state.screen.columns ?? []).filter(id => !on.includes(id));
	// Of those that there are on this machine only nobody need be told elsewhere.
	const titles = left.flatMap(id => {
		const column = columnWith(id);
		return !column || (column.isOfMachine && !state.server.uses) ? [] : [column.title];
	});
	return titles.length === 0 ? undefined : `no room here for ${titles.join(', ')}`;
}
