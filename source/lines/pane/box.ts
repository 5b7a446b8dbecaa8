import {widthOf} from '../../domain/text/width.js';
import {fitLine, type Line, type Span} from '../line.js';

/** Lines under a title, which stands in the frame. */
export type Block = {
	readonly title: Line;
	/** At the right end of the title's line; left out where there is no room for it. */
	readonly note?: Line;
	readonly lines: readonly Line[];
	/** In the lower edge of the frame, where the block is the first of the first column. */
	readonly foot?: Line;
};

type Edges = {readonly [name in 'h' | 'v' | 'tl' | 'tr' | 'bl' | 'br' | 'l' | 'r' | 't' | 'b' | 'x']: string};

const drawn: Edges = {
	h: '─',
	v: '│',
	tl: '╭',
	tr: '╮',
	bl: '╰',
	br: '╯',
	l: '├',
	r: '┤',
	t: '┬',
	b: '┴',
	x: '┼',
};

const ascii: Edges = {
	h: '-',
	v: '|',
	tl: '+',
	tr: '+',
	bl: '+',
	br: '+',
	l: '+',
	r: '+',
	t: '+',
	b: '+',
	x: '+',
};

type Cell = {readonly type: 'text'; readonly line: Line} | ({readonly type: 'rule'} & Block);

/** How wide the texts of each of so many columns are, between the edges and a blank on either side. */
export function textWidths(width: number, columns: 1 | 2): readonly number[] {
	const inside = width - columns - 1;
	const first = Math.ceil(inside / columns);
	return (columns === 1 ? [first] : [first, inside - first]).map(cells => cells - 2);
}

/** Columns of blocks, one or two of them, in a frame of exactly `width` and `height`. A block that has no room for a line is left out. */
export function boxLines(
	columns: readonly (readonly Block[])[],
	{width, height, isAscii}: {readonly width: number; readonly height: number; readonly isAscii: boolean},
): readonly Line[] {
	const edges = isAscii ? ascii : drawn;
	const widths = textWidths(width, columns.length > 1 ? 2 : 1);
	const columnCells = columns.map(blocks => cellsOf(blocks, height - 2));
	const across = (left: string, between: string, right: string, parts: readonly Line[]): Line => [
		edge(left),
		...parts.flatMap((part, index) => (index === 0 ? part : [edge(between), ...part])),
		edge(right),
	];
	const rules = (at: 'title' | 'foot') =>
		columns.map(([block], index) => {
			const {title = [], note, foot = []} = block ?? {};
			const isFoot = at === 'foot';
			return rule(isFoot ? foot : title, isFoot ? undefined : note, (widths[index] ?? 0) + 2, edges);
		});
	return [
		across(edges.tl, edges.t, edges.tr, rules('title')),
		...Array.from({length: height - 2}, (_, line): Line => {
			const [first, second = first] = columnCells.map(cells => cells[line]?.type === 'rule');
			return across(
				first ? edges.l : edges.v,
				first ? (second ? edges.x : edges.r) : second ? edges.l : edges.v,
				second ? edges.r : edges.v,
				columnCells.map((cells, index) => inside(cells[line], widths[index] ?? 0, edges)),
			);
		}),
		across(edges.bl, edges.b, edges.br, rules('foot')),
	];
}

const edge = (text: string): Span => ({text, styles: ['dim']});

const inside = (cell: Cell | undefined, width: number, edges: Edges): Line =>
	cell?.type === 'rule'
		? rule(cell.title, cell.note, width + 2, edges)
		: [{text: ' '}, ...fitLine(cell?.line ?? [], width), {text: ' '}];

function cellsOf(blocks: readonly Block[], height: number): readonly Cell[] {
	const cells: Cell[] = [];
	for (const [index, block] of blocks.entries()) {
		const room = height - cells.length - (index === 0 ? 0 : 1);
		if (room < 1) break;
		if (index > 0) cells.push({type: 'rule', ...block});
		cells.push(...block.lines.slice(0, room).map((line): Cell => ({type: 'text', line})));
	}

	return cells;
}

const cellsIn = (line: Line) => line.reduce((cells, {text}) => cells + widthOf(text), 0);

/** A part of the frame with words in it. */
function rule(title: Line, note: Line | undefined, width: number, {h}: Edges): Line {
	const room = width - 4;
	const noteCells = note ? cellsIn(note) : 0;
	const hasNote = noteCells > 0 && noteCells + 3 <= room / 2;
	const most = hasNote ? room - noteCells - 3 : room;
	const cells = Math.min(cellsIn(title), most);
	if (cells <= 0) return [edge(h.repeat(width))];
	const words = cellsIn(title) <= most ? title : fitLine(title, most);
	if (!hasNote || !note)
		return [edge(h), {text: ' '}, ...words, {text: ' '}, edge(h.repeat(width - cells - 3))];
	const between = width - cells - noteCells - 6;
	return [
		edge(h),
		{text: ' '},
		...words,
		{text: ' '},
		edge(h.repeat(between)),
		{text: ' '},
		...note,
		{text: ' '},
		edge(h),
	];
}
