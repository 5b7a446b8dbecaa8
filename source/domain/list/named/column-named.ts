/** What a column can be called by. */
export type NamedColumn = {readonly id: string; readonly title: string; readonly isUnsortable?: true};

/** What a column is called where it is typed: as its title, if that is one word. */
export const columnName = ({id, title}: NamedColumn): string => (/\s/.test(title) ? id : title.toLowerCase());

/** The column that a person means by its id or its title, in any letter case. */
export function columnNamed<Named extends NamedColumn>(
	text: string,
	columns: readonly Named[],
): Named | undefined {
	const name = text.trim().toLowerCase();
	return columns.find(({id, title}) => id.toLowerCase() === name || title.toLowerCase() === name);
}
