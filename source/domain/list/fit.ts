type Fittable = {
	/** Cells; the last column takes what is left. */
	readonly width: number;
	/** The narrowest terminal that shows it. */
	readonly from: number;
};

export type Fitted<Column> = {readonly column: Column; readonly width: number};

/** Which columns a line of `width` cells shows and how wide, with one blank between two; the last one gets the rest. */
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
