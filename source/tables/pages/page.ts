/** What a row of the table takes besides name and value, in cells: a blank on either side of both. */
export const fieldBlanks = 4;

/** A name and its value: a row of a still table. */
export type Field = {readonly name: string; readonly value: string};

/** What is shown in place of the list: rows of a table, and under them lines of text. Both scroll as one. */
export type Page = {
	readonly title: string;
	readonly fields: readonly Field[];
	readonly lines: readonly string[];
};
