import type {Colours} from '../domain/list/style.js';
import {pad} from '../domain/text/width.js';
import type {PagePart} from '../lines/page.js';
import {paintLines} from '../lines/painted.js';
import {LinesView} from './lines-view.js';
import {Table, Text, Transform} from './packages.js';

type Props = PagePart & {readonly colours: Colours};

/** A part of a page: a title, the rows of a still table, and lines of text under it. */
export function PageView({title, columns, rows, lines, colours}: Props) {
	/** Ink-table pads by the number of characters. Wide characters would take more cells than the column has. */
	const cell = ({column, children}: {readonly column: number; readonly children?: React.ReactNode}) => {
		const {width = 0, styles = [], mark} = columns[column] ?? {};
		const own = pad(String(children).slice(1).trimEnd(), width);
		const text = ` ${own} `;
		const isMarked = mark !== undefined && own.startsWith(mark);
		const [painted = text] = paintLines([[{text, styles: isMarked ? ['inverse'] : styles}]], colours);
		return painted === text ? <Text>{text}</Text> : <Transform transform={() => painted}>{text}</Transform>;
	};

	return (
		<>
			<LinesView lines={paintLines([title], colours)} />
			{rows.length > 0 && (
				// The table keeps the cells that it began with: other widths make another table.
				<Table
					key={columns.map(({width}) => width).join()}
					data={rows.map(texts => Object.fromEntries(texts.entries()))}
					skeleton={NoLine}
					header={NoLine}
					cell={cell}
				/>
			)}
			{lines.length > 0 && <LinesView lines={paintLines(lines, colours)} />}
		</>
	);
}

/** Without the drawn lines and without headings a row takes one line of the screen. */
function NoLine() {
	return null as unknown as React.JSX.Element;
}
