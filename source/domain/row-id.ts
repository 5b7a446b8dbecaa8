/** What a row stands for: a session, or whatever is listed. Made in one place for each kind, and never parsed. */
export type RowId = string & {readonly RowId: never};
