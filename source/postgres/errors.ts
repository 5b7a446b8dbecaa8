import {clean} from '../domain/text/clean.js';
import {addressOf, type Target} from './connect/target.js';

export type FaultKind =
	| 'connect-refused'
	| 'unreachable'
	| 'need-password'
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

const retryable: ReadonlySet<FaultKind> = new Set([
	'connect-refused',
	'unreachable',
	'starting',
	'full',
	'timeout',
	'lost',
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

type ClientSide = readonly [kind: FaultKind, words: (address: string, target?: Target) => string];

const refused: ClientSide = ['connect-refused', address => `${address} refused the connection`];
const lost: ClientSide = ['lost', address => `${address} closed the connection`];
const noRoute: ClientSide = ['unreachable', address => `there is no way to ${address} from here`];
const noName: ClientSide = [
	'unreachable',
	(_, target) => `the name ${target?.host ?? 'of the server'} is not known`,
];
const noAnswer: ClientSide = ['timeout', address => `no answer from ${address} in time`];
const noLogin: ClientSide = [
	'timeout',
	(address, target) => `no answer from ${address} within ${(target?.connectTimeoutMs ?? 0) / 1000}s`,
];
const notPostgres: ClientSide = [
	'protocol',
	address => `what answers at ${address} does not speak PostgreSQL's protocol`,
];
const unknownLogin: ClientSide = ['auth', address => `${address} wants a kind of login that pgtop can't do`];

const systemCodes: Readonly<Record<string, ClientSide>> = {
	EACCES: ['denied', address => `no permission to open ${address}`],
	EAI_AGAIN: noName,
	ECONNREFUSED: refused,
	ECONNRESET: lost,
	EHOSTUNREACH: noRoute,
	ENETUNREACH: noRoute,
	ENOENT: ['connect-refused', address => `there is no socket ${address}`],
	ENOTFOUND: noName,
	EPIPE: lost,
	ETIMEDOUT: noAnswer,
};

// node-postgres' own messages: English everywhere, and without a code. Matched from the left.
const ownMessages: Readonly<Record<string, ClientSide>> = {
	'timeout expired': noLogin,
	'Query read timeout': noAnswer,
	'Connection terminated': lost,
	'Client was closed': lost,
	'Client has encountered a connection error': lost,
	'received invalid response': notPostgres,
	'Received unexpected': notPostgres,
	'Unknown authenticationOk': unknownLogin,
	'SASL: Only mechanism': unknownLogin,
};

const own = <Value>(table: Readonly<Record<string, Value>>, key: string) =>
	Object.hasOwn(table, key) ? table[key] : undefined;

/** What is of use on a thrown thing, whatever it is. */
type Raw = {readonly [Name in 'message' | 'code' | 'detail' | 'severity' | 'routine' | 'syscall']?: string};

function rawOf(error: unknown): Raw {
	if (typeof error !== 'object' || error === null) return {message: String(error)};
	// A name with several addresses fails with one error for each: a refusal says more than a missing route.
	const {errors} = error as {readonly errors?: readonly Raw[]};
	if (errors?.[0]) return errors.find(({code}) => code === 'ECONNREFUSED') ?? errors[0];
	return error;
}

function hintOf(kind: FaultKind, {code, routine}: Raw, target: Target | undefined): string | undefined {
	if (kind === 'connect-refused') return 'is the server running there?';
	if (kind === 'no-database' && target?.database !== 'postgres') return 'try: pgtop postgres';
	if (kind === 'full') return 'a member of pg_use_reserved_connections (16+) or a superuser may still get in';
	if (kind === 'need-password') return 'set PGPASSWORD, or write it into the password file';
	if (code === '28P01' && target?.passwordFrom) return `the password came from ${target.passwordFrom}`;
	if (routine === 'ClientAuthentication')
		return "pg_hba.conf on the server decides that, and pgtop can't use TLS yet";
	if (code === '28000') return 'name another role: pgtop -U ROLE';
	if (kind === 'protocol' && target?.database === 'pgbouncer')
		return "this is pgbouncer's own console: name a database";
	if (kind === 'protocol' && target?.options) return 'a pooler takes no PGOPTIONS: unset it';
	return undefined;
}

function fault(kind: FaultKind, raw: Raw, target: Target | undefined): Fault {
	const {message, code, detail} = raw;
	const hint = hintOf(kind, raw, target);
	return {
		kind,
		...(code && {code}),
		sentence: clean(message || code || 'unknown error'),
		...(detail && {detail: clean(detail)}),
		...(hint && {hint: clean(hint)}),
		isRetryable: retryable.has(kind),
	};
}

/** Makes one sentence, and what to try, of whatever node-postgres or the system threw. No other file looks at `error.code`. */
export function faultOf(error: unknown, target?: Target): Fault {
	const raw = rawOf(error);
	const {message = '', code = '', severity, syscall} = raw;
	// EPERM and EPIPE are as long as a SQLSTATE: what the server said is known by its severity.
	if (severity) return fault(own(states, code) ?? 'other', raw, target);

	const [kind, words] =
		own(systemCodes, code) ??
		Object.entries(ownMessages).find(([begin]) => message.startsWith(begin))?.[1] ??
		[];
	if (kind && words)
		return fault(kind, {...raw, message: words(target ? addressOf(target) : 'the server', target)}, target);
	if (syscall === undefined) return fault('other', raw, target);
	return fault(syscall === 'connect' || syscall === 'getaddrinfo' ? 'unreachable' : 'lost', raw, target);
}

/** A warning, and not what a role has sent to it for debugging: told apart by class 01, because the words are localised. */
export const isWarning = ({code = ''}: {readonly code?: string | undefined}) => code.startsWith('01');

/** The server asked for a password, and there is none. */
export function needPassword(target: Target): Fault {
	return fault('need-password', {message: `${addressOf(target)} asks for a password`}, target);
}
