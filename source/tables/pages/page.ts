/** What a row of the table takes besides name and value, in cells: a blank on either side of both. */
export const fieldBlanks = 4;

/** The same, where rows stand in groups. */
export const groupBlanks = 2;

/** What the name of a row that is chosen begins with. */
export const chosenMark = '>';

/** A name and its value: a row of a still table. */
export type Field = {
	readonly name: string;
	readonly value: string;
	/** The rows from here on belong to this. It stands before the first of them. */
	readonly group?: string;
};

/** A part of a line of text. */
export type Piece = {readonly text: string; readonly isBold?: true};

/** What is shown in place of the list: rows of a table, and under them lines of text. Both scroll as one. */
export type Page = {
	readonly title: string;
	readonly fields: readonly Field[];
	/** More rows, on the right of the screen. */
	readonly beside?: readonly Field[];
	readonly lines: readonly (string | readonly Piece[])[];
};

/** How many lines the rows take. */
export const rowsOfPage = ({fields, beside = []}: Page): number => Math.max(fields.length, beside.length);

/** How many of `width` cells the rows on the left have beside others. */
export const leftOf = (width: number): number => Math.floor(width * 0.55);
