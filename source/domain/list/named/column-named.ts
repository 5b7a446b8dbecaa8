/** What a column can be called by. */
export type NamedColumn = {readonly id: string; readonly title: string; readonly isUnsortable?: true};

/** The column that a person means by its id or its title, in any letter case. */
export function columnNamed<Named extends NamedColumn>(
	text: string,
	columns: readonly Named[],
): Named | undefined {
	const name = text.trim().toLowerCase();
	return columns.find(({id, title}) => id.toLowerCase() === name || title.toLowerCase() === name);
}
