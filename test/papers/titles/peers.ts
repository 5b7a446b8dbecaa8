/** What other programs of this kind were seen to get wrong, and the test that pgtop does not: its file in `test`, and words of its title. */
export const peerBugs: Readonly<Record<string, readonly [file: string, title: string]>> = {
	'a signal that is denied ends the program': [
		'scenes/rights/denied',
		"a superuser's session is out of reach of every role: that is said, and no GRANT is named",
	],
	'a signal that found nobody is told as "terminated"': [
		'scenes/identity',
		'a session that ended after the last picture had ended already',
	],
	'the next owner of a pid is hit': [
		'scenes/identity',
		'a session that has the pid of the one that was looked at is left alone',
	],
	'microseconds of a start are lost, so that no session is the one that was seen': [
		'postgres/refresh',
		'sees of every session what the server has of it, to the microsecond',
	],
	'one open transaction shows the same sessions for ever': [
		'postgres/refresh',
		'between two pictures no transaction is open, and the next one shows who came and who went',
	],
	'a role that may signal but not see can do nothing': [
		'scenes/rights/denied',
		'a role that may signal but not see ends a session after the question, and sees that it ended',
	],
	'a role without pg_monitor sees an empty list, and not why': [
		'program/server/nothing-granted',
		'finds the longest of its own sessions and ends it, and is told why it can not see or end more',
	],
	'a type of lock of a later server ends the program': [
		'domain/locks/lock-graph',
		'a lock of a type that pgtop does not know is one like any other',
	],
	'statement_timeout of the role is taken for a lost connection': [
		'postgres/parts',
		'a role with a limit of 1 ms for a statement sees and signals all the same',
	],
	'a typed password is forgotten, so that it never connects again': [
		'postgres/connect/connect',
		'a typed password opens, and is kept for the next connection',
	],
	'a terminal of 20x5 ends the program': [
		'program/output/screen',
		'%ix%i is too small: one line says so, and k does nothing there',
	],
	'a pipe gets escape sequences': [
		'program/output/plain',
		'without a terminal it prints all rows as plain text',
	],
	'the text of a query acts on the terminal': [
		'program/output/hostile',
		'no text of a session reaches the terminal as anything but text',
	],
	'300 who wait for one row take longer than a refresh': [
		'postgres/queries/parts/locks',
		'100 waiters of one row are few rows, the longest wait first',
	],
	'who holds an advisory lock is not seen to block': [
		'program/locks/tree',
		'25 who wait for one lock are one line, Enter opens it, and the left arrow closes it',
	],
	'a prepared transaction is not seen to block': [
		'program/locks/prepared',
		'of a prepared transaction that blocks b leads to it, and Enter to the texts that end it',
	],
	'who only reads is listed as a blocker': [
		'domain/locks/lock-graph',
		'a reader is no blocker of a writer that it does not conflict with',
	],
	'who waits behind a waiter is not listed': [
		'domain/locks/lock-graph',
		'a queued ALTER blocks those behind it, and its end frees them',
	],
	'a cancel of what is idle in transaction does nothing, and says nothing': [
		'state/keys/refusals',
		'nothing to cancel: idle in transaction for 14m02s. k ends the session',
	],
	'a table of another database has the name of one of ours': [
		'postgres/queries/parts/locks',
		'%s knows a table of another database by its numbers alone',
	],
	'with pg_database locked nothing is listed': [
		'scenes/server/catalogue',
		'with pg_database locked its holder is shown, with the oid of its database, and k ends it',
	],
	'with pg_authid locked nothing is listed': [
		'scenes/server/catalogue',
		'with pg_authid locked by a session that was known before its holder is shown, and k ends it',
	],
	'what only a later server has is asked of an older one': [
		'postgres/parts',
		'what only a later server has is not asked for, and not missing',
	],
	'an aborted transaction is not counted as idle in transaction': [
		'lines/head/figures/session-figures',
		'are counted by what they do',
	],
	'--help ends with an error': ['program/output/plain', '%s needs no server'],
};
