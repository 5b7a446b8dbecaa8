import type {Move} from '../../domain/list/move.js';
import {pageLines} from '../../domain/list/window.js';
import {type EditedLine, lineWith} from '../../domain/text/typed/edited-line.js';
import {chooserPage} from '../../tables/pages/choosers/chooser.js';
import type {Key} from '../../terminal/decode.js';
import type {Chooser, ChooserItem} from '../screen/layers.js';
import type {State} from '../state.js';
import {changeLayer, openLayer} from '../step.js';
import {bestItem, byWidth, columnItems, columnWith, itemsShown, sortItems} from './items.js';

/** Opens the columns that the list can be sorted by, or all columns to choose from. */
export function openChooser(state: State, of: Chooser['of']): State {
	const isSort = of === 'sort';
	const items = isSort ? sortItems() : columnItems(state);
	const chosen = isSort ? state.screen.sort.column : items[0]?.id;
	const chooser: Chooser = {type: 'chooser', of, line: lineWith(''), items, top: 0};
	return openLayer(state, inWindow(state, withChosen(chooser, chosen)));
}

/** The chooser as it is shown. */
export function pageOfChooser(state: State, chooser: Chooser): ReturnType<typeof chooserPage> {
	const isSort = chooser.of === 'sort';
	return chooserPage(
		isSort ? 'Sort the list by' : 'Columns of the list, in their order',
		itemsShown(chooser).map(item => ({
			name: nameOf(item, isSort),
			help: columnWith(item.id)?.help ?? 'those that the width of the terminal has room for',
			isChosen: item.id === chooser.chosen,
		})),
		state.screen.size.columns,
	);
}

function nameOf({id, isOn}: ChooserItem, isSort: boolean): string {
	const title = columnWith(id)?.title ?? id;
	if (isSort) return title;
	return id === byWidth ? `    ${title}` : `[${isOn ? 'x' : ' '}] ${title}`;
}

/** With the arrows, and by the page. */
export function chooserMoved(state: State, {problem: _, ...chooser}: Chooser, {by, direction}: Move): State {
	const shown = itemsShown(chooser);
	const index = shown.findIndex(({id}) => id === chooser.chosen);
	const far = {line: 1, page: pageLines(state.screen.size.rows), end: shown.length}[by];
	const to = Math.max(0, Math.min(shown.length - 1, index + direction * far));
	return changeLayer(state, inWindow(state, withChosen(chooser, shown[to]?.id)));
}

function withChosen({chosen: _, ...chooser}: Chooser, id: string | undefined): Chooser {
	return id === undefined ? chooser : {...chooser, chosen: id};
}

/** The window moved so that the chosen item is in it. */
function inWindow(state: State, chooser: Chooser): Chooser {
	const {sizes} = pageOfChooser(state, chooser);
	const index = itemsShown(chooser).findIndex(({id}) => id === chooser.chosen);
	const before = sizes.slice(0, Math.max(0, index)).reduce((sum, size) => sum + size, 0);
	const after = before + (sizes[index] ?? 0);
	const height = pageLines(state.screen.size.rows);
	return {...chooser, top: Math.min(before, Math.max(chooser.top, after - height))};
}

/** What is typed narrows the list, and chooses the best of what is left. */
export function chooserTyped(state: State, {problem: _, ...before}: Chooser, line: EditedLine): State {
	const typed = {...before, line, top: 0};
	// With letters taken back, what was chosen is still there.
	const isThere = before.chosen !== undefined && before.line.text.startsWith(line.text);
	return changeLayer(state, inWindow(state, withChosen(typed, isThere ? typed.chosen : bestItem(typed))));
}

/** Among the columns, Space switches one on and off, and `<` and `>` move it. Undefined where the key is text. */
export function chooserPressed(
	state: State,
	{problem: _, ...chooser}: Chooser,
	{name}: Key,
): State | undefined {
	if (chooser.of === 'sort') return undefined;
	const {items, chosen} = chooser;
	const after = (next: readonly ChooserItem[]) =>
		changeLayer(state, inWindow(state, {...chooser, items: next}));
	switch (name) {
		case 'space':
			return after(
				items.map(item => (item.id === chosen && item.id !== byWidth ? {...item, isOn: !item.isOn} : item)),
			);
		case '<':
		case '>':
			// Among the few that are left nobody would see where it goes.
			return chooser.line.text === ''
				? after(movedItem(items, chosen, name === '<' ? -1 : 1))
				: changeLayer(state, {...chooser, problem: 'Ctrl-U takes the letters back: then it can be moved'});
	}

	return undefined;
}

/** The last item is no column, and stays the last. */
function movedItem(
	items: readonly ChooserItem[],
	id: string | undefined,
	by: 1 | -1,
): readonly ChooserItem[] {
	const from = items.findIndex(item => item.id === id);
	const to = from + by;
	const item = items[from];
	if (!item || item.id === byWidth || to < 0 || to >= items.length - 1) return items;
	const others = items.toSpliced(from, 1);
	return others.toSpliced(to, 0, item);
}
