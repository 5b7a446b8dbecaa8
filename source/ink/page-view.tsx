import {pad} from '../domain/text/width.js';
import type {Page} from '../tables/pages/page.js';
import {Table, Text} from './packages.js';

/** A part of a page: a title, the rows of a still table, and lines of text under it. */
export function PageView({title, fields, lines}: Page) {
	return (
		<>
			<Text bold wrap='truncate'>
				{title}
			</Text>
			{fields.length > 0 && <Table data={[...fields]} skeleton={NoLine} header={NoLine} cell={WideCell} />}
			{lines.map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is what its number says
				<Text key={index} wrap='truncate'>
					{line === '' ? ' ' : line}
				</Text>
			))}
		</>
	);
}

/** Ink-table pads by the number of characters. Wide characters would take more cells than the column has. */
function WideCell({children}: {readonly children?: React.ReactNode}) {
	const text = String(children);
	return <Text>{pad(text.trimEnd(), text.length)}</Text>;
}

/** Without the drawn lines and without headings a row takes one line of the screen. */
function NoLine() {
	return null as unknown as React.JSX.Element;
}
