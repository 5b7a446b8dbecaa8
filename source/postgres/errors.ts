import {clean} from '../domain/text/clean.js';
import {lookUp} from '../domain/text/look-up.js';
import {type ClientSide, clientSideOf, lost, notPostgres, wordsOf} from './client-side.js';
import {type Attempt, addressOf} from './connect/target.js';

export type FaultKind =
	| 'connect-refused'
	| 'unreachable'
	| 'unsuitable'
	| 'tls'
	| 'need-password'
	| 'need-passphrase'
	| 'auth'
	| 'no-database'
	| 'starting'
	| 'full'
	| 'denied'
	| 'missing'
	| 'cancelled'
	| 'locked'
	| 'aborted'
	| 'timeout'
	| 'lost'
	| 'protocol'
	| 'other';

/** What went wrong, ready to be shown. */
export type Fault = {
	readonly kind: FaultKind;
	/** SQLSTATE or the system's name: `42501`, `ECONNREFUSED`. */
	readonly code?: string;
	/** The server's own where it said one. */
	readonly sentence: string;
	readonly detail?: string;
	/** What to try. */
	readonly hint?: string;
	/** Whether the same may work in a while, on a new connection. */
	readonly isRetryable: boolean;
};

/** What the server says to a login that it refuses. Asked again and again it would lock the account on some servers. */
const final: ReadonlySet<FaultKind> = new Set([
	'auth',
	'need-password',
	'need-passphrase',
	'no-database',
] as const);

const states: Readonly<Record<string, FaultKind>> = {
	'08P01': 'protocol',
	'25P02': 'aborted',
	'25P03': 'lost',
	'25P04': 'lost',
	'28000': 'auth',
	'28P01': 'auth',
	'3D000': 'no-database',
	'42501': 'denied',
	'42703': 'missing',
	'42704': 'missing',
	'42883': 'missing',
	'42P01': 'missing',
	'53300': 'full',
	'55P03': 'locked',
	'57014': 'cancelled',
	'57P01': 'lost',
	'57P02': 'lost',
	'57P03': 'starting',
	'57P04': 'lost',
	'57P05': 'lost',
};

/** What is of use on a thrown thing, whatever it is. */
type Raw = {
	readonly [Name in 'message' | 'code' | 'detail' | 'severity' | 'routine' | 'syscall' | 'reason']?: string;
};

const rawOf = (error: unknown): Raw =>
	typeof error === 'object' && error !== null ? error : {message: String(error)};

/** pgbouncer's words there are about commands that nobody has typed. */
const isConsole = (kind: FaultKind, attempt: Attempt | undefined) =>
	kind === 'protocol' && attempt?.database === 'pgbouncer';

/** A role or a database may have a limit of its own, which no reserved slot helps against: its words are localised, and where they come from is not. */
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

function hintOf(kind: FaultKind, {code, routine}: Raw, attempt: Attempt | undefined): string | undefined {
	if (kind === 'connect-refused') return 'is the server running there?';
	if (kind === 'no-database' && attempt?.database !== 'postgres') return 'try: pgtop postgres';
	if (kind === 'full') return fullHint(routine);
	if (kind === 'need-password') return 'set PGPASSWORD, or write it into the password file';
	if (code === '28P01' && attempt?.passwordFrom) return `the password came from ${attempt.passwordFrom}`;
	if (routine === 'ClientAuthentication') return 'pg_hba.conf on the server decides that';
	if (code === '28000') return 'name another role: pgtop -U ROLE';
	if (isConsole(kind, attempt)) return 'name another database';
	if (kind === 'protocol' && attempt?.options) return 'a pooler takes no PGOPTIONS: unset it';
	return undefined;
}

function fault(kind: FaultKind, raw: Raw, attempt: Attempt | undefined): Fault {
	const {code, detail} = raw;
	const message = isConsole(kind, attempt) ? "this is pgbouncer's own console, and no server" : raw.message;
	const hint = hintOf(kind, raw, attempt);
	return {
		kind,
		...(code && {code}),
		sentence: clean(message || code || 'unknown error'),
		...(detail && {detail: clean(detail)}),
		...(hint && {hint: clean(hint)}),
		isRetryable: !final.has(kind),
	};
}

const clientFault = (side: ClientSide, raw: Raw, attempt: Attempt | undefined) =>
	fault(side[0], {...raw, message: wordsOf(side, attempt)}, attempt);

/** Makes one sentence, and what to try, of whatever node-postgres or the system threw. No other file looks at `error.code`. */
export function faultOf(error: unknown, attempt?: Attempt): Fault {
	const raw = rawOf(error);
	const {message = '', code = '', severity, syscall} = raw;
	// EPERM and EPIPE are as long as a SQLSTATE: what the server said is known by its severity.
	if (severity) return fault(lookUp(states, code) ?? 'other', raw, attempt);

	const side = clientSideOf(code, message);
	if (side) return clientFault(side, raw, attempt);
	if (syscall === undefined) return fault('other', raw, attempt);
	return fault(syscall === 'connect' || syscall === 'getaddrinfo' ? 'unreachable' : 'lost', raw, attempt);
}

/** What kept TLS from beginning: a sentence about our own files, or what Node threw at the handshake. */
export function tlsFault(error: unknown, attempt: Attempt): Fault {
	if (typeof error === 'string') return fault('tls', {message: error}, attempt);
	const raw = rawOf(error);
	const {message = '', code = '', reason} = raw;
	if (clientSideOf(code, message)) return faultOf(error, attempt);
	const address = addressOf(attempt);
	if (/^(?:ERR|EPROTO)/.test(code)) {
		const why = (reason ?? message).toLowerCase();
		return fault('tls', {...raw, message: `TLS with ${address} failed: ${why}`}, attempt);
	}

	// Without a code it is our own look at the name in the certificate.
	const why = code === '' ? message : `its certificate is not trusted: ${message}`;
	return fault('tls', {...raw, message: `${address}: ${why}`}, attempt);
}

/** A warning, and not what a role has sent to it for debugging: told apart by class 01, because the words are localised. */
export const isWarning = ({code = ''}: {readonly code?: string | undefined}) => code.startsWith('01');

/** Said by the server itself, and not by what lies between. */
export const isServers = (error: unknown) => rawOf(error).severity !== undefined;

export const lostFault = (attempt: Attempt): Fault => clientFault(lost, {}, attempt);

export const protocolFault = (attempt: Attempt): Fault => clientFault(notPostgres, {}, attempt);

/** The server asked for a password, and there is none. */
export const needPassword = (attempt: Attempt): Fault =>
	fault('need-password', {message: `${addressOf(attempt)} asks for a password`}, attempt);

/** The key of our certificate is encrypted, and nobody was asked yet for what opens it. */
export const needPassphrase = (attempt: Attempt): Fault =>
	fault('need-passphrase', {message: `the key file ${attempt.tls.keyFile} is encrypted`}, attempt);

/** What we demand of a server, and this one does not fulfil. */
export const demandFault = (kind: 'auth' | 'tls' | 'unsuitable', what: string, attempt: Attempt): Fault =>
	fault(kind, {message: `${addressOf(attempt)} ${what}`}, attempt);
