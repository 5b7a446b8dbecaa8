type Fittable = {
	/** Cells; the last column takes what is left. */
	readonly width: number;
	/** The narrowest terminal, in cells, that shows the column. */
	readonly from: number;
};

export type Fitted<Column> = {readonly column: Column; readonly width: number};

/** The columns that a line of `width` cells shows, and how wide. One blank stands between two; the last column gets the rest. */
export function fitColumns<Column extends Fittable>(
	columns: readonly Column[],
	width: number,
	terminalWidth: number,
): readonly Fitted<Column>[] {
	const shown = columns.filter(({from}) => from <= terminalWidth);
	const fixed = shown.slice(0, -1).reduce((sum, column) => sum + column.width + 1, 0);
	return shown.map((column, index) => ({
		column,
		width: index === shown.length - 1 ? Math.max(0, width - fixed) : column.width,
	}));
}
