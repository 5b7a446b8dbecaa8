import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import type {Address} from './addresses.js';

/** Opens a connection to one address. Rejects when that fails, or when `signal` says that it takes too long. */
export async function openSocket(
	address: Address,
	{keepAliveMs}: {readonly keepAliveMs?: number},
	signal: AbortSignal,
): Promise<Socket> {
	signal.throwIfAborted();
	const socket = connect({...address, noDelay: true});
	// Whoever reads from it learns of an error there: it must not end the program before.
	socket.on('error', () => {});
	signal.addEventListener('abort', () => socket.destroy(signal.reason as Error));
	await once(socket, 'connect');
	if (keepAliveMs !== undefined) socket.setKeepAlive(true, keepAliveMs);
	return socket;
}
