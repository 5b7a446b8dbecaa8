import {Text} from 'ink';
import Table from '#ink-table';
import {clampTop, pageLines} from '../domain/list/window.js';
import {cut, pad, widthOf} from '../domain/text/width.js';
import type {Page} from '../state/screen/pages.js';

type Props = {
	readonly page: Page;
	readonly top: number;
	readonly columns: number;
	readonly rows: number;
	/** Lines that it may take, with its title: a question takes some of them. */
	readonly height: number;
};

/** An overlay: a title, the rows of a still table, and lines of text under it, from line `top` on. */
export function PageView({page, top: wanted, columns, rows, height}: Props) {
	const {title, fields, lines} = page;
	const count = pageLines(rows);
	const top = clampTop(wanted, count, fields.length + lines.length);
	const room = Math.max(0, Math.min(count, height - 1));
	const nameWidth = Math.max(0, ...fields.map(({name}) => widthOf(name)));
	// The table pads every cell by one blank on either side.
	const valueWidth = Math.max(1, columns - nameWidth - 4);
	const shownFields = fields.slice(top, top + room).map(({name, value}) => ({
		name: pad(name, nameWidth),
		value: pad(cut(value, valueWidth), valueWidth),
	}));
	const from = Math.max(0, top - fields.length);
	const shownLines = lines.slice(from, from + room - shownFields.length);
	return (
		<>
			<Text bold wrap='truncate'>
				{cut(title, columns)}
			</Text>
			{shownFields.length > 0 && (
				<Table data={shownFields} skeleton={NoLine} header={NoLine} cell={WideCell} />
			)}
			{shownLines.map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is what its number says
				<Text key={index} wrap='truncate'>
					{line === '' ? ' ' : line}
				</Text>
			))}
		</>
	);
}

/** Ink-table pads by the number of characters: of wide ones that is more cells than the column has. */
function WideCell({children}: {readonly children?: React.ReactNode}) {
	const text = String(children);
	return <Text>{pad(text.trimEnd(), text.length)}</Text>;
}

/** Without the drawn lines and without headings a row takes one line of the screen. */
function NoLine() {
	return null as unknown as React.JSX.Element;
}
