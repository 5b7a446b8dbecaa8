import type {Socket} from 'node:net';
import type {Client} from 'pg';
import {longestSentence, shortenAll} from '../../domain/text/shorten.js';
import {demandFault, type Fault, faultOf} from '../failures/errors.js';
import {type Attempt, isSocket} from './connect-target.js';
import {attributeMistake} from './session/session-attributes.js';
import {startSession} from './session/start-session.js';
import type {SslMode} from './settings/tls-settings.js';
import type {Address} from './wire/addresses.js';
import {certificateFiles, type TlsFiles} from './wire/certificate-files.js';
import {encrypt} from './wire/encrypt.js';
import type {FileRead} from './wire/file-read.js';
import {openSocket} from './wire/socket.js';
import {within} from './within.js';

/** Opens another connection to where a session is, encrypted in the same way, and says nothing on it. */
export type Reopen = (signal: AbortSignal) => Promise<Socket>;

export type AddressOutcome =
	| {readonly type: 'connected'; readonly client: Client; readonly reopen: Reopen}
	| {
			readonly type: 'failed';
			readonly fault: Fault;
			/** What libpq tries after such a failure. */
			readonly next: 'address' | 'host' | 'nothing';
	  };

type Opened =
	| {readonly type: 'open'; readonly socket: Socket; readonly isEncrypted: boolean}
	| {readonly type: 'failed'; readonly fault: Fault; readonly next: 'address' | 'nothing' | 'without TLS'};

/** Whether to use TLS, one way after the other: a server may turn away the first and welcome the second. */
const ways: Readonly<Record<SslMode, readonly boolean[]>> = {
	disable: [false],
	allow: [false, true],
	prefer: [true, false],
	require: [true],
	'verify-ca': [true],
	'verify-full': [true],
};

/** A file that can't be read says nothing of the server. */
const slowFiles = Object.assign(new Error('the certificate files could not be read in time'), {
	kind: 'unreachable',
});

async function open(
	address: Address,
	attempt: Attempt,
	wantsTls: boolean,
	mayDoWithout: boolean,
	signal: AbortSignal,
): Promise<Opened> {
	let files: FileRead<TlsFiles> | undefined;
	try {
		files = wantsTls ? await within(signal, certificateFiles(attempt.tls)) : undefined;
	} catch (error) {
		return {type: 'failed', fault: faultOf(signal.aborted ? slowFiles : error, attempt), next: 'address'};
	}

	let socket: Socket;
	try {
		socket = await openSocket(address, attempt, signal);
	} catch (error) {
		return {type: 'failed', fault: faultOf(signal.reason ?? error, attempt), next: 'address'};
	}

	if (!files) return {type: 'open', socket, isEncrypted: false};
	const failed = (fault: Fault, next: 'nothing' | 'without TLS' = 'nothing'): Opened => {
		socket.destroy();
		return {type: 'failed', fault, next};
	};

	try {
		const encrypted = await encrypt(socket, files, attempt, signal);
		switch (encrypted.type) {
			case 'encrypted':
				return {type: 'open', socket: encrypted.socket, isEncrypted: true};
			case 'declined':
				if (mayDoWithout) return {type: 'open', socket, isEncrypted: false};
				return failed(demandFault('tls', `has no TLS, and sslmode is ${attempt.tls.mode}`, attempt));
			case 'failed':
				return failed(encrypted.fault, encrypted.mayDoWithout ? 'without TLS' : 'nothing');
		}
	} catch (error) {
		return failed(faultOf(error, attempt));
	}
}

/** Whether both ways failed for the same reason, although each sentence names its own way. */
const isSameInKind = (one: Fault, other: Fault) =>
	one.code !== undefined &&
	one.code === other.code &&
	one.kind === other.kind &&
	one.hint === other.hint &&
	one.wantsPassword === other.wantsPassword;

/** Both reasons, where the second way failed for another reason than the first and not for want of a password. */
function both(first: Fault | undefined, second: Fault): Fault {
	if (first === undefined || first.sentence === second.sentence || second.kind === 'need-password')
		return second;
	if (isSameInKind(first, second)) {
		const same = ' (without TLS the same)';
		const [sentence] = shortenAll([first.sentence], longestSentence - same.length);
		return {...first, sentence: `${sentence}${same}`};
	}

	const between = ' (without TLS: )';
	const [one, other] = shortenAll([first.sentence, second.sentence], longestSentence - between.length);
	return {
		...first,
		sentence: `${one} (without TLS: ${other})`,
		// A refused login must not be tried again, whichever way it was.
		isRetryable: first.isRetryable && second.isRetryable,
		...(second.wantsPassword && {wantsPassword: true}),
	};
}

/** Connects to one address in the ways that sslmode allows, until connect_timeout or `over`. */
export async function connectAddress(
	address: Address,
	attempt: Attempt,
	over?: AbortSignal,
): Promise<AddressOutcome> {
	const end = new AbortController();
	const timer =
		attempt.connectTimeoutMs > 0 &&
		setTimeout(() => end.abort(new Error('timeout expired')), attempt.connectTimeoutMs);
	// `over` outlives this connection, and must hold nothing of it.
	const follow = () => end.abort(over?.reason);
	if (over?.aborted) follow();
	over?.addEventListener('abort', follow);
	try {
		return await tryWays(address, attempt, end.signal);
	} finally {
		over?.removeEventListener('abort', follow);
		if (timer) clearTimeout(timer);
	}
}

async function tryWays(address: Address, attempt: Attempt, signal: AbortSignal): Promise<AddressOutcome> {
	const {mode} = attempt.tls;
	const possible = isSocket(attempt) ? [false] : ways[mode];
	const mayDoWithout = mode === 'allow' || mode === 'prefer';
	let before: Fault | undefined;
	for (const [index, wantsTls] of possible.entries()) {
		const isLast = index === possible.length - 1;
		const failed = (fault: Fault, next: 'address' | 'host' | 'nothing'): AddressOutcome => ({
			type: 'failed',
			fault: mode === 'prefer' ? both(before, fault) : fault,
			next: signal.aborted ? 'address' : next,
		});
		const opened = await open(address, attempt, wantsTls, mayDoWithout, signal);
		if (opened.type === 'failed') {
			if (opened.next !== 'without TLS' || isLast)
				return failed(opened.fault, opened.next === 'address' ? 'address' : 'nothing');
			before = opened.fault;
			continue;
		}

		const {socket, isEncrypted} = opened;
		const started = await startSession(socket, attempt, isEncrypted, signal);
		if (started.type === 'failed') {
			const {fault, isTurnedAway} = started;
			if (isTurnedAway && fault.kind === 'starting') return failed(fault, 'host');
			// A server that declined TLS was already tried without it.
			if (isLast || !isTurnedAway || isEncrypted !== wantsTls) return failed(fault, 'nothing');
			before = fault;
			continue;
		}

		const reopen: Reopen = async later => {
			const again = await open(address, attempt, isEncrypted, false, later);
			if (again.type === 'failed') throw new Error(again.fault.sentence);
			return again.socket;
		};
		const {client} = started;
		const unsuitable = await whyUnsuitable(client, attempt, signal);
		if (unsuitable === undefined) return {type: 'connected', client, reopen};
		socket.destroy();
		return failed(unsuitable, 'host');
	}

	throw new Error('no way to connect');
}

async function whyUnsuitable(
	client: Client,
	attempt: Attempt,
	signal: AbortSignal,
): Promise<Fault | undefined> {
	try {
		const mistake = await attributeMistake(client, attempt.attributes);
		return mistake === undefined ? undefined : demandFault('unsuitable', mistake, attempt);
	} catch (error) {
		return faultOf(signal.reason ?? error, attempt);
	}
}
