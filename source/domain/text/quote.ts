/** Any name as SQL takes it: always quoted, because any word may be a keyword on some version. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
