/** What a statement's text shows of what a cancel or an end would do besides. */
export type SpecialText = 'statement' | 'comment';

// Inside of a comment that has none of its own.
const flat = String.raw`/\*(?:[^*/]|\*+[^*/]|/+[^*/])*`;
const blank = String.raw`[ \t\n\r\f\v]`;

/**
The one rule of both sides, as regular expressions that JavaScript and PostgreSQL read alike: `.` takes line breaks, letters count in either case.

The words count wherever they stand, in comments too: a text on one line does not tell where a comment has ended. A comment within a comment counts as one that never ends. A text that was cut may end between the two characters that begin a comment.
*/
export const specialPatterns: Readonly<Record<SpecialText, string>> = {
	statement: '(?:create|reindex|drop|alter).*concurrently|(?:commit|rollback).*prepared',
	comment: `^(?:${blank}|--[^\\n\\r]*[\\n\\r]|${flat}\\*+/)*(?:[-/]|--[^\\n\\r]*|${flat}(?:\\*+|/+|/+\\*.*)?)?$`,
};

const statement = new RegExp(specialPatterns.statement, 'is');
const comment = new RegExp(specialPatterns.comment, 'is');

/** The longest character that the server leaves out where it cuts a text, less one byte. */
const clipped = 3;

/** From how many bytes on a text may have been cut by a server that keeps so many, with the zero at the end. */
export const cutFrom = (queryLimit: number) => queryLimit - 1 - clipped;

export const isSpecialStatement = (text: string) => statement.test(text);

/** Whether a text is comment up to its end: of one that was cut nobody knows what comes behind. */
export const isComment = (text: string) => comment.test(text);
