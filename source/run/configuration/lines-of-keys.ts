import {isTable, parseToml, type TomlTable} from './toml.js';

/** Names of tables from the outside in, and of the key. */
export type KeyPath = readonly string[];

/** A value of more lines is none of ours. To find its end takes longer with each line. */
const mostLines = 200;

/** What ends a value of several lines is on its last one. */
const mayEnd = /[\]}]|"""|'''/;

/** No path of ours is longer. */
const deepest = 4;

/** A header, or a key with its value: the fewest whole lines that can be read alone. */
type Statement = {readonly line: number; readonly table: TomlTable; readonly isHeader: boolean};

type Statements =
	| {readonly type: 'statements'; readonly statements: readonly Statement[]}
	| {readonly type: 'too long'; readonly line: number};

/** Of a text that can be read as a whole. An open list or text can't be read before the line that closes it. */
function statementsIn(text: string): Statements {
	const lines = text.split('\n');
	const statements: Statement[] = [];
	let first = 0;
	for (const [last, line] of lines.entries()) {
		if (last - first > mostLines) return {type: 'too long', line: first + 1};
		if (last > first && !mayEnd.test(line)) continue;
		const piece = `${lines.slice(first, last + 1).join('\n')}\n`;
		const read = parseToml(piece);
		if (read.type === 'toml') {
			const isHeader = piece.trimStart().startsWith('[');
			statements.push({line: first + 1, table: read.table, isHeader});
			first = last + 1;
		}
	}

	return {type: 'statements', statements};
}

/** All paths in a table, the shorter ones first. */
const pathsIn = (table: TomlTable, above: KeyPath): readonly KeyPath[] =>
	above.length >= deepest
		? []
		: Object.entries(table).flatMap(([name, value]) => {
				const path = [...above, name];
				return [path, ...(isTable(value) ? pathsIn(value, path) : [])];
			});

const keyOf = (path: KeyPath) => JSON.stringify(path);

/** On which line each key of a text stands. A key that is not in the text has the line of the table around it. */
export function linesOfKeys(
	text: string,
):
	| {readonly type: 'lines'; readonly lineOf: (path: KeyPath) => number}
	| Extract<Statements, {readonly type: 'too long'}> {
	const found = statementsIn(text);
	if (found.type === 'too long') return found;
	const lines = new Map<string, number>();
	let header: KeyPath = [];
	for (const {line, table, isHeader} of found.statements) {
		const paths = pathsIn(table, isHeader ? [] : header);
		if (isHeader) header = paths.at(-1) ?? [];
		for (const path of paths) if (!lines.has(keyOf(path))) lines.set(keyOf(path), line);
	}

	const lineOf = (path: KeyPath): number =>
		lines.get(keyOf(path)) ?? (path.length === 0 ? 1 : lineOf(path.slice(0, -1)));
	return {type: 'lines', lineOf};
}
