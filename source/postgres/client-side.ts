import {lookUp} from '../domain/text/look-up.js';
import {type Attempt, addressOf} from './connect/target.js';
import type {FaultKind} from './errors.js';

/** How often a password is hashed at most. More takes seconds, in which nothing ends the program; servers ask for some thousand. */
export const longestScram = 10_000_000;

/** A failure that no server has words for. */
export type ClientSide = readonly [kind: FaultKind, words: (address: string, attempt?: Attempt) => string];

const refused: ClientSide = ['connect-refused', address => `${address} refused the connection`];
export const lost: ClientSide = ['lost', address => `${address} closed the connection`];
const noRoute: ClientSide = ['unreachable', address => `there is no way to ${address} from here`];
const noName: ClientSide = [
	'unreachable',
	(_, attempt) => `the name ${attempt?.host ?? 'of the server'} is not known`,
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
const unknownLogin: ClientSide = ['auth', address => `${address} wants a kind of login that pgtop can't do`];
const tooLong: ClientSide = ['protocol', address => `${address} sends a message of more than 16 MB`];
const tooMuch: ClientSide = ['protocol', address => `${address} answers with more than 64 MB`];
const hugeScram: ClientSide = [
	'auth',
	address => `${address} asks for more than ${longestScram / 1e6} million rounds of SCRAM-SHA-256`,
];
const badScram: ClientSide = ['auth', address => `${address} does not answer as SCRAM-SHA-256 demands`];

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
	'message too long': tooLong,
	'answer too long': tooMuch,
	'SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count': hugeScram,
	'SASL: Only mechanism': unknownLogin,
	'SASL: ': badScram,
};

/** What is known of a failure by its code or message. */
export function clientSideOf(code: string, message: string): ClientSide | undefined {
	return (
		lookUp(systemCodes, code) ?? Object.entries(ownMessages).find(([begin]) => message.startsWith(begin))?.[1]
	);
}

export const wordsOf = ([, words]: ClientSide, attempt: Attempt | undefined): string =>
	words(attempt ? addressOf(attempt) : 'the server', attempt);
