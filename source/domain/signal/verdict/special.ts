/** What a text shows about what else a cancel or an end would do. */
export type SpecialText = 'statement' | 'comment';

// A comment without its end, and with no other comment inside.
const flat = String.raw`/\*(?:[^*/]|\*+[^*/]|/+[^*/])*`;
const blank = String.raw`[ \t\n\r\f\v]`;

/**
One rule for pgtop and the server, as regular expressions that JavaScript and PostgreSQL read alike: `.` takes line breaks, letters count in either case.

The words count wherever they stand, in comments too: a text on one line does not tell where a comment has ended. A comment within a comment counts as one that never ends. A text that was cut may end between the two characters that begin a comment.
*/
export const specialPatterns: Readonly<Record<SpecialText, string>> = {
	statement: '(?:create|reindex|drop|alter).*concurrently|(?:commit|rollback).*prepared',
	comment: `^(?:${blank}|--[^\\n\\r]*[\\n\\r]|${flat}\\*+/)*(?:[-/]|--[^\\n\\r]*|${flat}(?:\\*+|/+|/+\\*.*)?)?$`,
};

const statement = new RegExp(specialPatterns.statement, 'is');
const comment = new RegExp(specialPatterns.comment, 'is');

/** The most bytes of a torn character that the server drops where it cuts a text: the longest character less one byte. */
const clipped = 3;

/** From how many bytes on a text may have been cut. `queryLimit` is how many the server keeps, with the zero byte at the end. */
export const cutFrom = (queryLimit: number) => queryLimit - 1 - clipped;

export const isSpecialStatement = (text: string) => statement.test(text);

/** Whether a text is comment up to its end: if it was cut, nobody knows what comes after. */
export const isComment = (text: string) => comment.test(text);
