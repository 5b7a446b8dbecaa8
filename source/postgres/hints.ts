import {commandOf} from './connect/command.js';
import {type Attempt, isSocket, socketDirectories} from './connect/target.js';
import type {FaultKind} from './errors.js';

/** What the server said of a failure, besides its words: those are localised. */
export type Clues = {readonly code?: string; readonly routine?: string};

const usualPort = 5432;
const usualDatabase = 'postgres';

const tryOut = (command: string | undefined) => command && `try: ${command}`;

/** The same server by the same way, and a database that initdb makes. */
function usualDatabaseOf({retry: {typed}, database}: Attempt): string | undefined {
	if (database === usualDatabase) return undefined;
	return tryOut(commandOf('pgtop', {...typed, dbname: usualDatabase}));
}

/** The same server, as the OS account that it lets in. Of the environment sudo takes nothing along. */
function asAccount({retry: {typed, account}, host, port, database, user}: Attempt): string | undefined {
	if (account === undefined) return undefined;
	return commandOf(`sudo -u ${account} pgtop`, {
		...typed,
		user: undefined,
		host: socketDirectories.some(directory => directory === host) ? undefined : host,
		port: port === usualPort ? undefined : String(port),
		// Without a name it would be the account's.
		dbname: database === user ? undefined : database,
	});
}

/** A role or a database may have a limit of its own, which no reserved slot helps against. */
function fullHint(routine: string | undefined): string {
	switch (routine) {
		case 'InitializeSessionUserId':
			return "the role's own CONNECTION LIMIT is reached: end one of its sessions, or come as another role";
		case 'CheckMyDatabase':
			return "the database's own CONNECTION LIMIT is reached: name another database, or come as a superuser";
		default:
			return 'a member of pg_use_reserved_connections (16+) or a superuser may still get in';
	}
}

/** Of a server that was there before it is the question, too. */
export const isItRunning = 'is the server running there?';

const byHba = 'pg_hba.conf on the server decides that';

/** Refused without a password: at a socket that is `peer`, unless one was sent all the same. */
function refusedHint({routine}: Clues, attempt: Attempt | undefined): string {
	if (routine === 'ClientAuthentication') return byHba;
	const isLocal = attempt !== undefined && isSocket(attempt);
	if (routine === 'auth_failed') {
		const command = isLocal ? asAccount(attempt) : undefined;
		if (command === undefined) return byHba;
		return attempt?.password === undefined
			? `try: ${command}`
			: `where pg_hba.conf says peer, try: ${command}`;
	}

	// Nobody named a role: it is the account's, and the server's own account has one.
	const isOwn = isLocal && attempt.retry.typed.user === undefined;
	return (isOwn && tryOut(asAccount(attempt))) || 'name another role: pgtop -U ROLE';
}

/** What to try, in one clause; nothing where nothing helps. Decided by codes, routines and the way that was taken. */
export function hintOf(kind: FaultKind, clues: Clues, attempt: Attempt | undefined): string | undefined {
	const {code, routine} = clues;
	if (kind === 'connect-refused')
		return code === 'ECONNREFUSED' ? isItRunning : 'try: pgtop -h HOST, or pgtop --demo';
	if (kind === 'no-database') return attempt && usualDatabaseOf(attempt);
	if (kind === 'full') return fullHint(routine);
	// It may not be entered by this role, or by nobody.
	if (routine === 'CheckMyDatabase') return attempt && usualDatabaseOf(attempt);
	if (kind === 'need-password') return 'set PGPASSWORD, or write it into the password file';
	if (code === '28P01') return attempt?.passwordFrom && `the password came from ${attempt.passwordFrom}`;
	if (code === '28000') return refusedHint(clues, attempt);
	if ((code === 'EACCES' || code === 'EPERM') && attempt && isSocket(attempt))
		return tryOut(asAccount(attempt));
	if (kind === 'protocol' && attempt?.database === 'pgbouncer') return 'name another database';
	if (kind === 'protocol' && attempt?.options) return 'a pooler takes no PGOPTIONS: unset it';
	return undefined;
}

/** The same for a statement that the server did not answer, once we are in. */
export function hintOfAnswer(kind: FaultKind): string | undefined {
	if (kind === 'denied') return 'a superuser may GRANT that, or name another role: pgtop -U ROLE';
	if (kind === 'locked' || kind === 'cancelled')
		return 'try again: something there is locked, or the server is busy';
	return kind === 'timeout' ? 'try again: the server or the way to it is busy' : undefined;
}
