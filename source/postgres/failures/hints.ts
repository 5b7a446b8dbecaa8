import {commandOf} from '../connect/command.js';
import {type Attempt, isSocket, socketDirectories, usualPort} from '../connect/connect-target.js';
import type {KeywordValues} from '../connect/settings/keywords.js';
import type {Retry} from '../connect/settings/retry.js';
import type {FaultKind} from './fault-kind.js';

/** What tells failures apart. The words of `message` are localised. */
export type Clues = {readonly code?: string; readonly routine?: string; readonly message?: string};

/** What to try, in one clause; nothing where nothing helps. */
export type Advice = {
	/** At any time. */
	readonly hint?: string | undefined;
	/** Instead of `hint` at the first connection, where another command or environment may help. */
	readonly startHint?: string | undefined;
};

/** A pooler's code for what it does not know. */
export const protocolViolation = '08P01';

const idleSessionTimeout = '57P05';

const usualDatabase = 'postgres';

const tryOut = (command: string | undefined) => command && `try: ${command}`;

/** A command as it was typed, with these settings changed. */
const again = ({retry: {typed, kept = []}}: Attempt, changed: KeywordValues) =>
	commandOf({...typed, ...changed}, {kept});

/** Advises the same server in the same way, with a database that initdb makes. */
function usualDatabaseOf(attempt: Attempt | undefined): Advice {
	if (attempt === undefined || attempt.database === usualDatabase) return {};
	return {startHint: tryOut(again(attempt, {dbname: usualDatabase}))};
}

/** A command for the same server, as the OS account that it lets in. sudo passes on no environment, and a service is in a home that is not the account's. */
function asAccount({retry: {typed, kept = [], account}, host, port, database, user}: Attempt) {
	if (account === undefined) return undefined;
	// `su` passes the environment on, which may name another role or database.
	const isBySu = account.by === 'su';
	const settings = {
		...typed,
		service: undefined,
		user: isBySu ? account.name : undefined,
		// In the first directory a socket is found without a name.
		host: host === socketDirectories[0] ? undefined : host,
		port: port === usualPort ? undefined : String(port),
		// Without a name the database would be the account's.
		dbname: database !== user ? database : isBySu ? account.name : undefined,
	};
	return commandOf(settings, {kept, account});
}

/** The role that PostgreSQL 16 and later keep slots for. Its name stands in the message in every language. */
const reservingRole = 'pg_use_reserved_connections';

/** Slots that are kept for some. A server with another owner's changes may keep them for a role of its own, which its sentence names. */
function reservedHint(message: string): string {
	return message.includes(reservingRole)
		? `a member of ${reservingRole} or a superuser may still get in`
		: 'a superuser may still get in';
}

/** Which limit is reached: of the slots for all, of those that are kept for some, of the role or of the database. Each has another way in. */
function fullHint({routine, message = ''}: Clues): string {
	switch (routine) {
		case 'InitPostgres':
			return reservedHint(message);
		case 'InitializeSessionUserId':
			return "the role's own CONNECTION LIMIT is reached: end one of its sessions, or come as another role";
		case 'CheckMyDatabase':
			return "the database's own CONNECTION LIMIT is reached: name another database, or come as a superuser";
		default:
			return 'no slot is left: a session there has to end first';
	}
}

const isItRunning = 'is the server running there?';

/** No socket: the server is elsewhere, or there is none. */
function elsewhere(attempt: Attempt | undefined): string {
	const other = attempt && again(attempt, {host: 'HOST', hostaddr: undefined});
	return `try: ${other ?? 'pgtop -h HOST'}, or pgtop --demo`;
}

const byHba = 'pg_hba.conf on the server decides that';

/** Whether a message names role and database, as when pg_hba.conf has no line for them. In every language names are quoted. */
const tellsNames = (message: string, {database}: Attempt) =>
	/["«»„“”「」『』]/.test(message) || message.includes(database);

/** Refused over TCP: by a line of pg_hba.conf, for want of a line, or because the line wants a certificate. */
function entryAdvice(message: string, attempt: Attempt): Advice {
	const {mode, certificateFile} = attempt.tls;
	// Where there is a certificate it is sent: so the file is missing.
	if (!tellsNames(message, attempt))
		return {hint: `${certificateFile ? `there is no file ${certificateFile}: ` : ''}sslcert names one`};
	const encrypted = mode === 'disable' ? tryOut(again(attempt, {sslmode: 'require'})) : undefined;
	return {hint: byHba, startHint: encrypted && `with TLS it may let you in: ${encrypted}`};
}

/** Refused without a password. At a socket `peer` is the reason, unless a password was sent all the same. */
function refusedAdvice({routine, message = ''}: Clues, attempt: Attempt | undefined): Advice {
	const isLocal = attempt !== undefined && isSocket(attempt);
	if (routine === 'ClientAuthentication')
		return attempt && !isLocal ? entryAdvice(message, attempt) : {hint: byHba};
	if (routine === 'auth_failed') {
		const command = isLocal ? tryOut(asAccount(attempt)) : undefined;
		if (command === undefined) return {hint: byHba};
		const isSure = attempt?.password === undefined;
		return {hint: byHba, startHint: isSure ? command : `where pg_hba.conf says peer, ${command}`};
	}

	if (routine !== 'InitializeSessionUserId') return {};
	// Nobody named a role, so it is that of our account. The server's own account has a role.
	const isOwn = isLocal && attempt.retry.typed.user === undefined;
	const another = attempt && tryOut(again(attempt, {user: 'ROLE'}));
	return {startHint: (isOwn && tryOut(asAccount(attempt))) || another};
}

function passwordAdvice(file: string | undefined): Advice {
	if (file === undefined) return {startHint: 'set PGPASSWORD'};
	return {hint: `write it into ${file}`, startHint: `set PGPASSWORD, or write it into ${file}`};
}

function poolerHint({optionsFrom = 'PGOPTIONS'}: Retry): string {
	return optionsFrom === 'PGOPTIONS'
		? 'a pooler takes no PGOPTIONS: unset it'
		: `a pooler takes no settings: leave out ${optionsFrom}`;
}

/** Decides by codes, routines and the way that was taken. */
export function adviceOf(kind: FaultKind, clues: Clues, attempt: Attempt | undefined): Advice {
	const {code, routine} = clues;
	if (kind === 'connect-refused')
		return {hint: isItRunning, ...(code !== 'ECONNREFUSED' && {startHint: elsewhere(attempt)})};
	if (kind === 'no-database') return usualDatabaseOf(attempt);
	if (kind === 'full') return {hint: fullHint(clues)};
	// Either this role may not connect to the database, or nobody may.
	if (routine === 'CheckMyDatabase') return usualDatabaseOf(attempt);
	if (kind === 'need-password') return passwordAdvice(attempt?.passwordFile);
	if (code === idleSessionTimeout) return {hint: 'idle_session_timeout has to be longer than the interval'};
	if (code === '28P01')
		return attempt?.passwordFrom ? {hint: `the password came from ${attempt.passwordFrom}`} : {};
	if (code === '28000') return refusedAdvice(clues, attempt);
	if ((code === 'EACCES' || code === 'EPERM') && attempt && isSocket(attempt))
		return {startHint: tryOut(asAccount(attempt))};
	if (code !== protocolViolation) return {};
	if (attempt?.database === 'pgbouncer') return {startHint: 'name another database'};
	if (attempt?.options) return {startHint: poolerHint(attempt.retry)};
	return {};
}

/** The same for a statement that the server did not answer, once we are in. */
export function hintOfAnswer(kind: FaultKind): string | undefined {
	if (kind === 'denied') return 'a superuser may GRANT that, or come as another role';
	if (kind === 'locked' || kind === 'cancelled')
		return 'try again: something there is locked, or the server is busy';
	return kind === 'timeout' ? 'try again: the server or the way to it is busy' : undefined;
}
