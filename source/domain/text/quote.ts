/** Any name as SQL takes it: always quoted, because any word may be a keyword on some version. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Any text as a literal of SQL, whatever standard_conforming_strings says. */
export function quoteLiteral(text: string): string {
	const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
	return text.includes('\\') ? `E${quoted}` : quoted;
}
