import {type Column, cellText} from '../domain/list/column.js';
import {type Fitted, gutter, restIndex} from '../domain/list/fit.js';
import type {Item, Marks, Row} from '../domain/list/row.js';
import {cut, fit, pad, widthOf} from '../domain/text/width.js';
import {type Line, type Span, styled} from './line.js';

export type Titles = {
	readonly sortedBy: string;
	readonly isReversed: boolean;
	/** The terminal draws no sign that is not ASCII. */
	readonly isAscii?: boolean | undefined;
};

/** The cell of a column that is shown in `width` cells. One of them has all that is left: what stands on the right stays beside its title. */
function cell<V extends Item>(
	text: string,
	{column: {align, width: usual}, width}: Fitted<Column<V>>,
): string {
	if (align === 'left') return width === Infinity ? text : fit(text, width);
	// With a word in front it is wider than its numbers are.
	const own = fit(text, Math.min(Math.max(usual, widthOf(text)), width), align);
	return width === Infinity ? own : pad(own, width);
}

const blanks = ' '.repeat(gutter);

/** Which way a column is sorted: its largest, or its smallest, value comes first. */
const sortMark = (isDescending: boolean, isAscii = false) =>
	isDescending ? (isAscii ? '^' : '▼') : isAscii ? 'v' : '▲';

/** The titles. The one that is sorted by has a mark behind it. Underlined, they part the list from what stands above it. */
export const titleLine = <V extends Item>(
	fitted: readonly Fitted<Column<V>>[],
	{sortedBy, isReversed, isAscii}: Titles,
): Line => [
	{
		text: `${blanks}${fitted
			.map(one => {
				const {id, title, isDescending = false} = one.column;
				const mark = id === sortedBy ? sortMark(isDescending !== isReversed, isAscii) : '';
				return cell(title + mark, one);
			})
			.join(' ')}`,
		styles: ['bold', 'underlined'],
	},
];

/** A note stands in the column that takes the rest. The word of a dimmed row has a column of its own, or begins that one where its own is left out or too narrow. */
function textsOf<V extends Item>(
	fitted: readonly Fitted<Column<V>>[],
	row: Row<V>,
	marks: Marks,
): readonly string[] {
	const {word = '', note, indent} = marks;
	const texts = fitted.map(({column, width}) => {
		const text = cellText(column, row, marks);
		const tail = column.tail?.(row, marks) ?? '';
		return tail === '' || width === Infinity ? text + tail : cut(text, width - tail.length) + tail;
	});
	const wide = restIndex(fitted);
	if (note !== undefined) texts[wide] = note;
	if (indent !== undefined) texts[wide] = `${indent}${texts[wide]}`;
	const place = fitted.findIndex(({column, width}) => column.hasWord && word.length <= width);
	if (word !== '') texts[place === -1 ? wide : place] = place === -1 ? `${word} ${texts[wide]}` : word;
	return texts;
}

/** Mark and flag, and the first cell. A number that needs more room, as a pid may on some systems, is not cut: it takes the room of the gutter. */
function firstCell<V extends Item>(
	text: string,
	first: Fitted<Column<V>>,
	flag: string | undefined,
	isSelected: boolean,
) {
	const {column, width} = first;
	const isLong = text.length > width && /^\d+$/.test(text);
	const whole = isLong ? fit(text, width + gutter, column.align) : blanks + cell(text, first);
	return `${isSelected ? '>' : whole[0]}${flag ?? whole[1]}${whole.slice(gutter)}`;
}

/**
A row as one line of exactly the columns' width. This is the only place where rows get their text and style, for the screen and for plain output.
*/
export function rowLine<V extends Item>(
	fitted: readonly Fitted<Column<V>>[],
	row: Row<V>,
	marks: Marks,
	isSelected: boolean,
): Line {
	const {word, flag, isQuiet} = marks;
	const isDim = word !== undefined || isQuiet === true;
	const texts = textsOf(fitted, row, marks);
	const line: Span[] = [];
	// Neighbours without a style become one span: fewer escape sequences, fewer bytes.
	let plain = '';
	for (const [index, one] of fitted.entries()) {
		const text = texts[index] ?? '';
		const styles = isDim ? [] : (one.column.style?.(row) ?? []);
		const shown = index === 0 ? firstCell(text, one, flag, isSelected) : cell(text, one);
		if (index > 0) plain += ' ';
		if (styles.length === 0) plain += shown;
		else {
			if (plain !== '') line.push({text: plain});
			line.push({text: shown, styles});
			plain = '';
		}
	}

	if (plain !== '') line.push({text: plain});
	if (isSelected) return styled(line, 'selected');
	return isDim ? styled(line, 'dim') : line;
}

export const emptyLine = (width: number): Line => [{text: pad('', width, 'left')}];
