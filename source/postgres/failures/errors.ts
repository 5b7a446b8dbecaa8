import {clean} from '../../domain/text/clean.js';
import {lookUp} from '../../domain/text/look-up.js';
import {longestSentence, shorten, shortenAll, shortenMiddle} from '../../domain/text/shorten.js';
import {type Attempt, addressOf} from '../connect/connect-target.js';
import {
	type ClientSide,
	clientSideOf,
	clientSideSentence,
	lostByServer,
	notPostgres,
	unknown,
} from './client-side.js';
import type {FaultKind} from './fault-kind.js';
import {adviceOf, protocolViolation} from './hints.js';
import {type Thrown, thrownOf} from './thrown.js';
import {isTls, tlsWords} from './tls-words.js';

/** What went wrong, ready to be shown. */
export type Fault = {
	readonly kind: FaultKind;
	/** SQLSTATE or the system's name: `42501`, `ECONNREFUSED`. */
	readonly code?: string;
	/** In the server's own words where it said any. */
	readonly sentence: string;
	readonly detail?: string;
	/** What to try. */
	readonly hint?: string;
	/** What to try instead where there is no screen yet: another command, another environment. */
	readonly startHint?: string;
	/** The sentence is the server's own, which names no host. */
	readonly isServers?: true;
	/** Whether the same may work in a while, on a new connection. */
	readonly isRetryable: boolean;
	/** Another password may help, and a person may know one. */
	readonly wantsPassword?: true;
};

/** Faults of a login that must not be repeated by itself: some servers would lock the account. */
const notRepeated: ReadonlySet<FaultKind> = new Set([
	'auth',
	'need-password',
	'need-passphrase',
	'no-database',
] as const);

const states: Readonly<Record<string, FaultKind>> = {
	[protocolViolation]: 'protocol',
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

/** Whether pgbouncer's console answers: its words are about commands that nobody has typed. */
const isConsole = (code: string | undefined, attempt: Attempt | undefined) =>
	code === protocolViolation && attempt?.database === 'pgbouncer';

// A text may have a gigabyte, so it is shortened before it is cleaned, too. Ten times the length will do, because cleaning takes away mostly blanks.
const told = (text: string, cut: typeof shorten) =>
	cut(clean(cut(text, 10 * longestSentence)), longestSentence);

/** Why a server lets nobody in stands in its detail: hot standby is disabled, or the standby is not consistent yet. */
const withReason = ({code, message, detail}: Thrown) =>
	code === '57P03' && detail ? `${message}: ${detail.replace(/\.$/, '')}` : message;

function fault(kind: FaultKind, raw: Thrown, attempt: Attempt | undefined): Fault {
	const {code, detail, severity} = raw;
	const message = isConsole(code, attempt)
		? "this is pgbouncer's own console, and no server"
		: withReason(raw);
	const {hint, startHint} = adviceOf(kind, raw, attempt);
	// In our own sentences a long name stands in the middle.
	const cut = severity === undefined ? shortenMiddle : shorten;
	return {
		kind,
		...(code && {code: told(code, shorten)}),
		sentence: told(message || code || 'unknown error', cut),
		...(detail && {detail: told(detail, shorten)}),
		...(hint && {hint: told(hint, shortenMiddle)}),
		...(startHint && {startHint: told(startHint, shortenMiddle)}),
		...(severity !== undefined && {isServers: true as const}),
		isRetryable: !notRepeated.has(kind),
	};
}

const clientFault = (side: ClientSide, raw: Thrown, attempt: Attempt | undefined) =>
	fault(side[0], {...raw, message: clientSideSentence(side, attempt, raw.message)}, attempt);

/** An exception of JavaScript itself: a reply did not have the form that its reader took for granted. */
const isException = (error: unknown) => error instanceof TypeError || error instanceof RangeError;

/** An error at reading or writing: whatever it is, the connection is gone. */
const isUnderWay = (syscall: string | undefined) => syscall === 'read' || syscall === 'write';

/** Makes one sentence, and what to try, of whatever node-postgres or the system threw. Callers look at `kind`, and never at `error.code`. */
export function faultOf(error: unknown, attempt?: Attempt): Fault {
	const raw = thrownOf(error);
	const {message = '', code = '', severity, syscall, kind} = raw;
	// EPERM and EPIPE are as long as a SQLSTATE, so only the severity tells that the server spoke.
	if (severity && message.trim() !== '') return fault(lookUp(states, code) ?? 'other', raw, attempt);
	// Nothing says why.
	if (severity || (message.trim() === '' && code === ''))
		return clientFault(unknown(lookUp(states, code) ?? 'other', code), raw, attempt);
	if (kind === 'unreachable') return fault(kind, raw, attempt);

	if (attempt && isTls(code)) return tlsFault(error, attempt);
	const side = clientSideOf(code, message);
	if (side && !(isUnderWay(syscall) && side[0] !== 'timeout')) return clientFault(side, raw, attempt);
	if (side) return {...clientFault(side, raw, attempt), kind: 'lost'};
	if (isException(error)) return clientFault(notPostgres, raw, attempt);
	// Without a code the words are our own.
	if (code === '' && syscall === undefined) return fault('other', raw, attempt);
	const isBefore = syscall === 'connect' || syscall === 'getaddrinfo';
	const what = isBefore ? 'unreachable' : syscall === undefined ? 'other' : 'lost';
	return clientFault(unknown(what, code), raw, attempt);
}

/** What kept TLS from beginning. `error` is a sentence about our own files, or what Node threw at the handshake or, as the server's last word, after it. */
export function tlsFault(error: unknown, attempt: Attempt): Fault {
	if (typeof error === 'string') return fault('tls', {message: error}, attempt);
	const raw = thrownOf(error);
	const {message = '', code = ''} = raw;
	if (clientSideOf(code, message)) return faultOf(error, attempt);
	// Without a code the error is our own, about the name in the certificate.
	const said = code === '' ? `${addressOf(attempt)}: ${message}` : tlsWords(code, message, attempt);
	return fault('tls', {...raw, message: said}, attempt);
}

/** The room that a hint has in a sentence at least, in UTF-16 units: a command that was cut would be another one. */
const roomForHint = 240;

/** The fault in one sentence, with the hint where there is one. The hint is usually the shorter of both, and stays whole. */
export function failureSentence({
	sentence,
	hint,
}: {
	readonly sentence: string;
	readonly hint?: string;
}): string {
	if (hint === undefined) return sentence;
	const room = longestSentence - 2;
	const [said = '', advised] =
		hint.length <= roomForHint
			? [...shortenAll([sentence], room - hint.length), hint]
			: shortenAll([sentence, hint], room);
	return `${said}: ${advised}`;
}

/** Whether a notice is a warning, and not debugging output that a role has asked for. Class 01 tells, because the words are localised. */
export const isWarning = ({code = ''}: {readonly code?: string | undefined}) => code.startsWith('01');

/** Whether the server itself said it, and not something on the way. */
export const isServers = (error: unknown) => thrownOf(error).severity !== undefined;

export const lostFault = (attempt: Attempt): Fault => clientFault(lostByServer, {}, attempt);

export const protocolFault = (attempt: Attempt): Fault => clientFault(notPostgres, {}, attempt);

/** The server asked for a password, and there is none. */
export const needPassword = (attempt: Attempt): Fault => ({
	...fault('need-password', {message: `${addressOf(attempt)} asks for a password`}, attempt),
	wantsPassword: true,
});

/** The server asked for a password, and the command that gives it has not. */
export const passwordCommandFault = (why: string): Fault =>
	fault('password-command', {message: `the password command ${why}`}, undefined);

/** The key of our certificate is encrypted, and nobody was asked yet for what opens it. */
export const needPassphrase = (attempt: Attempt): Fault =>
	fault('need-passphrase', {message: `the key file ${attempt.tls.keyFile} is encrypted`}, attempt);

/** The server does not fulfil what we demand. */
export const demandFault = (kind: 'auth' | 'tls' | 'unsuitable', what: string, attempt: Attempt): Fault =>
	fault(kind, {message: `${addressOf(attempt)} ${what}`}, attempt);
