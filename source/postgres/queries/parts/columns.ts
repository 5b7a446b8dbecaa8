/** In 11 the hash of a text got 64 bits. */
export const firstWithLongHash = 11;

/** The server's hash of a text. It works on the bytes, whatever the encoding. */
export const hashOf = (expression: string, major: number) =>
	major >= firstWithLongHash ? `hashtextextended(${expression}, 0)` : `hashtext(${expression})`;

/** The longest piece of a query's text that is fetched, in bytes. */
export const textLimit = 1024;

/** What parts give to a row of the session `s` and of its database `d`: an expression by the name of its column. */
export type Columns = {
	readonly [name in
		| 'user'
		| 'database'
		| 'encoding'
		| 'application'
		| 'client'
		| 'text'
		| 'bytes'
		| 'hash']?: string;
};

/** `query` is the expression for the text of the query that is shown, `compared` for the one that the guard compares. */
export type PartColumns = (major: number, query: string, compared: string) => Columns;

export const roleColumns: PartColumns = () => ({
	user: "encode(textsend(pg_get_userbyid(s.usesysid)::text), 'escape')",
});

export const databaseColumns: PartColumns = () => ({
	database: "encode(textsend(d.datname::text), 'escape')",
	encoding: 'pg_encoding_to_char(d.encoding)',
});

/** Without this join a statement reads no catalogue that somebody may have locked. */
export const databaseJoin = 'left join pg_database d on d.oid = s.datid';

export const applicationColumns: PartColumns = () => ({
	application: "encode(textsend(s.application_name), 'escape')",
});

export const clientColumns: PartColumns = () => ({client: 'host(s.client_addr)'});

/** Texts travel as escaped bytes: an invalid one in a foreign encoding must not fail the statement. */
export const textColumns: PartColumns = (_, query) => ({
	text: `encode(substring(textsend(${query}) for ${textLimit}), 'escape')`,
	bytes: `octet_length(${query})`,
});

export const hashColumns: PartColumns = (major, _, compared) => ({hash: hashOf(compared, major)});
