import {clampTop, pageLines, type Size} from '../domain/list/window.js';
import {cut, pad, widthOf} from '../domain/text/width.js';
import {type Field, fieldBlanks, type Page} from '../tables/pages/page.js';

/** The part of a page that fits in `height` lines: the title, then the lines from `top` on. A question leaves fewer lines. Names and values are padded to the width of their columns. */
export function pageWindow(
	{title, fields, lines}: Page,
	top: number,
	{columns, rows}: Size,
	height: number,
): Page {
	const count = pageLines(rows);
	const first = clampTop(top, count, fields.length + lines.length);
	const room = Math.max(0, Math.min(count, height - 1));
	const nameWidth = Math.max(0, ...fields.map(({name}) => widthOf(name)));
	const valueWidth = Math.max(1, columns - nameWidth - fieldBlanks);
	const shown = fields.slice(first, first + room).map(
		({name, value}): Field => ({
			name: pad(name, nameWidth),
			value: pad(cut(value, valueWidth), valueWidth),
		}),
	);
	const from = Math.max(0, first - fields.length);
	return {title: cut(title, columns), fields: shown, lines: lines.slice(from, from + room - shown.length)};
}
