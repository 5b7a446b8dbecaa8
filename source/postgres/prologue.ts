/**
What every message begins with. All of it holds only for the message's transaction: a session-level SET would stay with the connection behind a pooler.

The search_path keeps planted operators and functions of `public` away from a superuser. SQL_ASCII makes texts travel as the bytes they are, so that one session's invalid text can't fail the whole statement. All parts of a refresh together end before the time that `watchAnswers` gives a silent server.
*/
export const prologue = (major: number) =>
	[
		// Comes first: a role's default of serializable is refused on a standby, and may wait for others.
		"set local transaction_isolation = 'read committed'",
		'set local search_path = pg_catalog, pg_temp',
		'set local statement_timeout = 2000',
		'set local lock_timeout = 1000',
		"set local client_encoding = 'SQL_ASCII'",
		// These limits of a role would end the session.
		'set local idle_in_transaction_session_timeout = 0',
		...(major >= 17 ? ['set local transaction_timeout = 0'] : []),
	].join('; ');

/** In 13 the server began to log a sample of the statements that take some time. */
export const firstWithDurationSample = 13;

/** Keeps what follows in the same transaction out of the server's log; superusers only. log_transaction_sample_rate has made its choice before. */
const unlogged = (major: number) =>
	[
		"set local log_statement = 'none'",
		'set local log_min_duration_statement = -1',
		'set local log_duration = off',
		...(major >= firstWithDurationSample ? ['set local log_min_duration_sample = -1'] : []),
	].join('; ');

export const begin = (major: number, isUnlogged: boolean) =>
	['begin read only', prologue(major), ...(isUnlogged ? [unlogged(major)] : [])].join('; ');
