/** What a table has for a text from outside; nothing for `constructor`, which every object inherits. */
export const lookUp = <Value>(table: Readonly<Record<string, Value>>, text: string): Value | undefined =>
	Object.hasOwn(table, text) ? table[text] : undefined;
