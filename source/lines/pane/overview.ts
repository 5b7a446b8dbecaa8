import {cut} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {openAlerts, unalarmed} from '../../tables/alerts.js';
import type {Line} from '../line.js';
import type {Block} from './box.js';
import {longestBlocks} from './longest.js';

/** What the pane shows where no session is selected, in columns of so many cells: the alerts in full, and who has been at it for longest. */
export function overviewBlocks(
	state: State,
	widths: readonly number[],
	height: number,
): readonly (readonly Block[])[] {
	const [width = 0] = widths;
	const picture = pictureOf(state);
	const longest = picture ? longestBlocks(picture, widths.at(-1) ?? 0) : [];
	const alerts = alertBlock(state, width, height);
	if (widths.length > 1) return [[alerts ?? orderBlock(state, width, height)], longest];
	return alerts
		? [[alerts, ...longest]]
		: [longest.length > 0 ? longest : [orderBlock(state, width, height)]];
}

const bold = (text: string): Line => [{text, styles: ['bold']}];

/** As many alerts as there is room for, each with all its words, and how many there are besides. */
function alertBlock(state: State, width: number, height: number): Block | undefined {
	const open = openAlerts(state);
	if (open.length === 0) return undefined;
	const sign = state.settings.isAscii ? '!' : '▲';
	const lines: Line[] = [];
	let left = open.length;
	for (const {text, more = ''} of open) {
		const own = [
			...wrap(text, width - 2).map((words, line) => bold(`${line === 0 ? sign : ' '} ${words}`)),
			...(more === '' ? [] : wrap(more, width - 2).map((words): Line => [{text: `  ${words}`}])),
		];
		const room = height - lines.length - (left > 1 ? 1 : 0);
		if (own.length > room && lines.length > 0) break;
		lines.push(...own.slice(0, room));
		left--;
	}

	if (left > 0) lines.push([{text: `  ${left} more: !`, styles: ['dim']}]);
	return {title: bold('alerts'), lines};
}

/** Nothing is said to be well that was not looked at: what was, one line each, and how much of it there is besides. */
function orderBlock(state: State, width: number, height: number): Block {
	const {inOrder, unchecked} = unalarmed(state);
	const all = [
		...unchecked.map(words => `not checked: ${words}`),
		...inOrder.map(words => `in order: ${words}`),
	];
	const room = all.length > height ? height - 1 : height;
	const left = all.length - room;
	return {
		title: bold('what was checked'),
		lines: [
			...all.slice(0, room).map((text): Line => [{text: cut(text, width)}]),
			...(left > 0 ? [[{text: `+${left} more: !`, styles: ['dim']}] satisfies Line] : []),
		],
	};
}
