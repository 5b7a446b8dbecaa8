import type {Style} from '../domain/list/style.js';
import {clampTop, pageLines, type Size} from '../domain/list/window.js';
import {cut, pad, widthOf} from '../domain/text/width.js';
import {
	chosenMark,
	type Field,
	fieldBlanks,
	groupBlanks,
	leftOf,
	type Page,
	rowsOfPage,
} from '../tables/pages/page.js';
import {fitLine, type Line, textLine} from './line.js';

/** A column of the table: how wide its texts are, and how they stand out. */
export type PageColumn = {
	readonly width: number;
	readonly styles: readonly Style[];
	/** A text that begins with this is in inverse. */
	readonly mark?: string;
};

/** The part of a page that is on the screen. Every row has a text for each column, and a line is as wide as the terminal. */
export type PagePart = {
	readonly title: Line;
	readonly columns: readonly PageColumn[];
	readonly rows: readonly (readonly string[])[];
	readonly lines: readonly Line[];
};

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));

/** The columns of rows that take `width` cells, and their texts. */
function tableOf(fields: readonly Field[], width: number) {
	const groups = widest(fields.map(({group = ''}) => group));
	const names = widest(fields.map(({name}) => name));
	const taken = names + fieldBlanks + (groups === 0 ? 0 : groups + groupBlanks);
	const values = Math.max(1, width - taken);
	const columns: readonly PageColumn[] = [
		...(groups === 0 ? [] : [{width: groups, styles: ['bold'] as const}]),
		{width: names, styles: ['dim'], mark: chosenMark},
		{width: values, styles: []},
	];
	const textsOf = ({group = '', name, value}: Field) => [...(groups === 0 ? [] : [group]), name, value];
	return {columns, textsOf};
}

const none: Field = {name: '', value: ''};

const lineOf = (line: Page['lines'][number]): Line =>
	typeof line === 'string'
		? textLine(line)
		: line.map(({text, isBold}) => (isBold ? {text, styles: ['bold'] as const} : {text}));

/** The title, and at its end which lines are shown, where these are not all. */
function titleOf(title: string, where: string, width: number): Line {
	const room = where === '' ? width : Math.max(0, width - widthOf(where) - 2);
	return fitLine(
		[{text: `${pad(cut(title, room), room)}${where === '' ? '' : `  ${where}`}`, styles: ['inverse']}],
		width,
	);
}

/** The part of a page that fits in `height` lines: the title, then the lines from `top` on. A question leaves fewer lines. */
export function pageWindow(page: Page, top: number, {columns, rows}: Size, height: number): PagePart {
	const {title, fields, beside, lines} = page;
	const all = rowsOfPage(page) + lines.length;
	const count = pageLines(rows);
	const first = clampTop(top, count, all);
	const room = Math.max(0, Math.min(count, height - 1));
	const half = leftOf(columns);
	const left = tableOf(fields, beside ? half : columns);
	const right = beside && tableOf(beside, columns - half);
	const inTable = [...left.columns, ...(right?.columns ?? [])];
	const shown = Array.from({length: Math.max(0, Math.min(rowsOfPage(page) - first, room))}, (_, index) => {
		const at = first + index;
		const texts = [...left.textsOf(fields[at] ?? none), ...(right?.textsOf(beside?.[at] ?? none) ?? [])];
		return texts.map((text, column) => cut(text, inTable[column]?.width ?? 0));
	});
	const from = Math.max(0, first - rowsOfPage(page));
	const last = Math.min(all, first + room);
	return {
		title: titleOf(title, last - first < all ? `${first + 1}-${last} of ${all}` : '', columns),
		columns: inTable,
		rows: shown,
		lines: lines.slice(from, from + room - shown.length).map(line => fitLine(lineOf(line), columns)),
	};
}
