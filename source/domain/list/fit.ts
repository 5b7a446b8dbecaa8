/** Cells before the first column: the mark of the selected row, and the flag. */
export const gutter = 2;

/** What decides whether a column is shown, and how wide. */
export type Fittable = {
	/** Cells. */
	readonly width: number;
	/** It takes what is left, and is always shown: others give way so that it has its width. Where no column does, the last one. */
	readonly takesRest?: true;
	/** 0: always shown. Of the others the lower matter more, and those of one priority come together or not at all. */
	readonly priority: number;
	/** Cells that the column that takes the rest keeps at least where this one is shown, if that is more than its width. */
	readonly leaves?: number;
	/** It is for very wide lines: there one more of these is shown every few cells, by their priority, whatever room the others have. */
	readonly isExtra?: true;
};

/** How wide a line is that shows the first extra column, and how much wider one that shows the next. */
const extras = {from: 220, each: 16};

/** The columns that a line of this width may have. */
function allowedIn<Column extends Fittable>(columns: readonly Column[], width: number): readonly Column[] {
	const count = Math.max(0, Math.floor((width - extras.from) / extras.each) + 1);
	const allowed = columns
		.filter(({isExtra}) => isExtra)
		.toSorted((one, other) => one.priority - other.priority)
		.slice(0, count);
	return columns.filter(column => !column.isExtra || allowed.includes(column));
}

export type Fitted<Column> = {readonly column: Column; readonly width: number};

/** The columns that a line of `width` cells shows, and how wide. The gutter stands before them, and one blank between two. */
export function fitColumns<Column extends Fittable>(
	columns: readonly Column[],
	width: number,
): readonly Fitted<Column>[] {
	const last = known.get(columns);
	if (last?.width === width) return last.fitted as readonly Fitted<Column>[];
	const fitted = fit(columns, width);
	known.set(columns, {width, fitted});
	return fitted;
}

/** What each set of columns was fitted into last: every frame asks several times. */
const known = new WeakMap<readonly Fittable[], {width: number; fitted: readonly Fitted<Fittable>[]}>();

function fit<Column extends Fittable>(columns: readonly Column[], width: number): readonly Fitted<Column>[] {
	const wide = restColumn(columns);
	if (!wide) return [];
	const others = allowedIn(
		columns.filter(column => column !== wide),
		width,
	);
	const upTo = (priority: number) => others.filter(column => column.priority <= priority);
	const hasRoom = (priority: number) => {
		const more = upTo(priority);
		return restOf(more, width) >= Math.max(wide.width, ...more.map(({leaves = 0}) => leaves));
	};
	const shown = upTo(Math.max(0, ...others.map(({priority}) => priority).filter(hasRoom)));
	const rest = Math.max(0, restOf(shown, width));
	return columns
		.filter(column => column === wide || shown.includes(column))
		.map(column => ({column, width: column === wide ? rest : column.width}));
}

const restColumn = <Column extends Fittable>(columns: readonly Column[]): Column | undefined =>
	columns.find(({takesRest}) => takesRest) ?? columns.at(-1);

/** Which of the columns takes what is left of the line. */
export function restIndex(fitted: readonly Fitted<Fittable>[]): number {
	const index = fitted.findIndex(({column}) => column.takesRest);
	return index === -1 ? fitted.length - 1 : index;
}

const restOf = (columns: readonly Fittable[], width: number) =>
	columns.reduce((rest, column) => rest - column.width - 1, width - gutter);
