import {lookUp} from '../../domain/text/look-up.js';
import {type Attempt, addressOf, isSocket} from '../connect/connect-target.js';
import type {FaultKind} from './fault-kind.js';

/** How often a password is hashed at most. More would take seconds, in which nothing can end the program. Servers ask for some thousand. */
export const longestScram = 10_000_000;

/** A failure for which no server has words. */
export type ClientSide = readonly [
	kind: FaultKind,
	words: (address: string, attempt?: Attempt, message?: string) => string,
];

const atSocket = (attempt: Attempt | undefined) => attempt !== undefined && isSocket(attempt);

const refused: ClientSide = ['connect-refused', address => `${address} refused the connection`];
export const lostByServer: ClientSide = ['lost', address => `${address} closed the connection`];
const noRoute: ClientSide = ['unreachable', address => `there is no way to ${address} from here`];
const nameOf = (attempt: Attempt | undefined) => attempt?.host ?? 'of the server';
const noName: ClientSide = ['unreachable', (_, attempt) => `the name ${nameOf(attempt)} is not known`];
const noLookup: ClientSide = [
	'unreachable',
	(_, attempt) => `the name ${nameOf(attempt)} could not be looked up: no name server answers`,
];
const badName: ClientSide = [
	'unreachable',
	(_, attempt) => `the name ${nameOf(attempt)} could not be looked up`,
];
const noAnswer: ClientSide = ['timeout', address => `no answer from ${address} in time`];
const noLogin: ClientSide = [
	'timeout',
	(address, attempt) => `no answer from ${address} within ${(attempt?.connectTimeoutMs ?? 0) / 1000}s`,
];
export const notPostgres: ClientSide = [
	'protocol',
	address => `what answers at ${address} does not speak PostgreSQL's protocol`,
];
/** Kinds of login by their numbers in the protocol. */
const loginKinds: Readonly<Record<string, string>> = {
	2: 'Kerberos V5',
	4: 'crypt',
	6: 'SCM credentials',
	7: 'GSSAPI (Kerberos)',
	9: 'SSPI (Windows)',
};

const unknownLogin: ClientSide = [
	'auth',
	(address, _, message = '') => {
		const kind = lookUp(loginKinds, /\d+$/.exec(message)?.[0] ?? '');
		return kind === undefined
			? `${address} wants a kind of login that pgtop can't do`
			: `${address} wants a login by ${kind}, which pgtop can't do`;
	},
];
const tooLong: ClientSide = ['protocol', address => `${address} sends a message of more than 16 MB`];
const tooMuch: ClientSide = ['protocol', address => `${address} answers with more than 64 MB`];
const hugeScram: ClientSide = [
	'auth',
	address => `${address} asks for more than ${longestScram / 1e6} million rounds of SCRAM-SHA-256`,
];
const badScram: ClientSide = ['auth', address => `${address} does not answer as SCRAM-SHA-256 demands`];
const noPermission: ClientSide = [
	'denied',
	(address, attempt) =>
		atSocket(attempt) || attempt === undefined
			? `no permission to open ${address}`
			: `this machine does not let pgtop connect to ${address}`,
];
const noSocket = (why: string): ClientSide => [
	'unreachable',
	address => `the socket ${address} can't be opened: ${why}`,
];
const atTcp = (why: string): ClientSide => ['unreachable', address => `${address} can't be reached: ${why}`];
const tooManyFiles: ClientSide = [
	'unreachable',
	address => `${address} can't be reached: too many files are open`,
];
const noMemory: ClientSide = [
	'unreachable',
	address => `${address} can't be reached: this machine has no memory left for it`,
];

/** Failures by the codes of the system, of its name look-up, and of Node's streams. */
const systemCodes: Readonly<Record<string, ClientSide>> = {
	EACCES: noPermission,
	EADDRNOTAVAIL: atTcp('no address of this machine leads there, or no port is free'),
	EAFNOSUPPORT: atTcp('this machine does not know that kind of address'),
	EAI_ADDRFAMILY: noName,
	EAI_AGAIN: noLookup,
	EAI_FAIL: noLookup,
	EAI_MEMORY: badName,
	EAI_NODATA: noName,
	EAI_NONAME: noName,
	EAI_OVERFLOW: badName,
	EAI_SYSTEM: badName,
	ECONNABORTED: lostByServer,
	ECONNREFUSED: refused,
	ECONNRESET: lostByServer,
	EHOSTDOWN: noRoute,
	EHOSTUNREACH: noRoute,
	EINVAL: atTcp('that is no address to connect to'),
	EIO: ['lost', address => `the connection to ${address} broke`],
	ELOOP: noSocket('its symbolic links go round in a circle'),
	EMFILE: tooManyFiles,
	ENAMETOOLONG: noSocket('its path is too long'),
	ENETDOWN: noRoute,
	ENETRESET: lostByServer,
	ENETUNREACH: noRoute,
	ENFILE: tooManyFiles,
	ENOBUFS: noMemory,
	ENOENT: ['connect-refused', address => `there is no socket ${address}`],
	ENOMEM: noMemory,
	ENOTCONN: lostByServer,
	ENOTDIR: noSocket('a part of its path is no directory'),
	ENOTFOUND: noName,
	ENOTSOCK: noSocket('it is no socket'),
	EPERM: noPermission,
	EPIPE: lostByServer,
	EPROTOTYPE: noSocket('it is a socket of another kind'),
	ERR_SOCKET_CLOSED: lostByServer,
	ERR_SOCKET_CLOSED_BEFORE_CONNECTION: lostByServer,
	ERR_STREAM_DESTROYED: lostByServer,
	ERR_STREAM_PREMATURE_CLOSE: lostByServer,
	ERR_STREAM_WRITE_AFTER_END: lostByServer,
	ESHUTDOWN: lostByServer,
	ETIMEDOUT: noAnswer,
};

// node-postgres' own messages: English everywhere, and without a code. Matched from the left.
const ownMessages: Readonly<Record<string, ClientSide>> = {
	'timeout expired': noLogin,
	'Query read timeout': noAnswer,
	'Connection terminated': lostByServer,
	'Client was closed': lostByServer,
	'Client has encountered a connection error': lostByServer,
	'received invalid response': notPostgres,
	'Received unexpected': notPostgres,
	'Binary mode not supported': notPostgres,
	'Unknown authenticationOk': unknownLogin,
	'message too long': tooLong,
	'answer too long': tooMuch,
	'SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count': hugeScram,
	'SASL: Only mechanism': unknownLogin,
	'SASL channel binding': unknownLogin,
	'SASL: ': badScram,
	Buffer: badScram,
};

/** What is known of a failure by its code or message. */
export function clientSideOf(code: string, message: string): ClientSide | undefined {
	return (
		lookUp(systemCodes, code) ?? Object.entries(ownMessages).find(([begin]) => message.startsWith(begin))?.[1]
	);
}

/** A failure for which nobody has words: only the code of the system or the library is told. */
export const unknown = (kind: FaultKind, code: string): ClientSide => [
	kind,
	address => `the connection to ${address} failed${code && ` (${code})`}`,
];

/** `message` is what node-postgres said. */
export const clientSideSentence = (
	[, words]: ClientSide,
	attempt: Attempt | undefined,
	message?: string,
): string => words(attempt ? addressOf(attempt) : 'the server', attempt, message);
