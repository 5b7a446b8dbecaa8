import {once} from 'node:events';
import type {Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {
	demandFault,
	type Fault,
	lostFault,
	needPassphrase,
	protocolFault,
	tlsFault,
} from '../../failures/errors.js';
import type {Attempt} from '../connect-target.js';
import type {TlsFiles} from './certificate-files.js';
import {nameMistake} from './certificate-name.js';
import type {FileRead} from './file-read.js';
import {destroyAt} from './socket.js';

export type Encrypted =
	| {readonly type: 'encrypted'; readonly socket: TLSSocket}
	/** The server does without TLS: the same connection is good for a login in plain text. */
	| {readonly type: 'declined'}
	| {readonly type: 'failed'; readonly fault: Fault; readonly mayDoWithout: boolean};

/** Length and number of the message that asks for TLS. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** An address is no name, however it is written, and must not be sent as one. */
const isName = (host: string) => host !== '' && !/^[\d.]+$|:/.test(host);

async function answerTo(request: Uint8Array, socket: Socket): Promise<string> {
	const ended = new AbortController();
	const closed = once(socket, 'close', {signal: ended.signal}).then(() => [Buffer.alloc(0)]);
	closed.catch(() => {});
	socket.write(request);
	try {
		const [bytes] = (await Promise.race([once(socket, 'data'), closed])) as [Buffer];
		return bytes.toString('latin1');
	} finally {
		ended.abort();
	}
}

async function handshake(
	socket: Socket,
	files: FileRead<TlsFiles>,
	attempt: Attempt,
	signal: AbortSignal,
): Promise<Encrypted> {
	const {host, tls} = attempt;
	// It is too early to try without TLS: the key can still be opened.
	if ('isLocked' in files) return {type: 'failed', fault: needPassphrase(attempt), mayDoWithout: false};
	if ('sentence' in files)
		return {type: 'failed', fault: tlsFault(files.sentence, attempt), mayDoWithout: true};
	const secure = connectTls({
		...files,
		socket,
		...(tls.hasServerName && isName(host) && {servername: host}),
		...(tls.isDirect && {ALPNProtocols: ['postgresql']}),
		minVersion: tls.minVersion ?? 'TLSv1',
		...(tls.maxVersion && {maxVersion: tls.maxVersion}),
		checkServerIdentity: (_, certificate) => {
			const mistake = tls.mode === 'verify-full' ? nameMistake(host, certificate) : undefined;
			return mistake === undefined ? undefined : new Error(mistake);
		},
	});
	secure.on('error', () => {});
	destroyAt(signal, secure);
	try {
		await once(secure, 'secureConnect');
	} catch (error) {
		secure.destroy();
		return {type: 'failed', fault: tlsFault(error, attempt), mayDoWithout: !signal.aborted};
	}

	if (tls.isDirect && secure.alpnProtocol !== 'postgresql') {
		secure.destroy();
		return {type: 'failed', fault: protocolFault(attempt), mayDoWithout: false};
	}

	return {type: 'encrypted', socket: secure};
}

/**
Asks the server for TLS and begins it.

The files are already read. Nothing may come between the server's answer and the handshake, or a server that hangs up there is not noticed.
*/
export async function encrypt(
	socket: Socket,
	files: FileRead<TlsFiles>,
	attempt: Attempt,
	signal: AbortSignal,
): Promise<Encrypted> {
	if (attempt.tls.isDirect) return handshake(socket, files, attempt, signal);
	const answer = await answerTo(sslRequest, socket);
	switch (answer) {
		case 'S':
			return handshake(socket, files, attempt, signal);
		case 'N':
			socket.pause();
			return {type: 'declined'};
		case '':
			return {type: 'failed', fault: lostFault(attempt), mayDoWithout: false};
		default:
			// The error after an E is not shown: anybody on the way may have written it. Bytes after an S do come from such a one.
			return answer.startsWith('E')
				? {
						type: 'failed',
						fault: demandFault('tls', 'answers the request for TLS with an error', attempt),
						mayDoWithout: true,
					}
				: {type: 'failed', fault: protocolFault(attempt), mayDoWithout: false};
	}
}
