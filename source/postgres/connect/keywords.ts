/** What a connection is made of, in libpq's words, and the environment variable that says it too. */
export const keywords = {
	host: 'PGHOST',
	port: 'PGPORT',
	user: 'PGUSER',
	dbname: 'PGDATABASE',
	password: 'PGPASSWORD',
	passfile: 'PGPASSFILE',
	application_name: 'PGAPPNAME',
	connect_timeout: 'PGCONNECT_TIMEOUT',
	options: 'PGOPTIONS',
} as const;

export type Keyword = keyof typeof keywords;

/** What one source says. An empty string is said too: it hides the sources below, and means the default. */
export type Settings = {readonly [Key in Keyword]?: string | undefined};

export function isKeyword(text: string): text is Keyword {
	return Object.hasOwn(keywords, text);
}
