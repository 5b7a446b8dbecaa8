import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import type {Address} from './addresses.js';

/** Breaks a connection off when `signal` says so. Stops listening to `signal` when the connection has closed. */
export function destroyAt(signal: AbortSignal, socket: Socket): void {
	const destroy = () => socket.destroy(signal.reason as Error);
	signal.addEventListener('abort', destroy);
	socket.once('close', () => signal.removeEventListener('abort', destroy));
}

/** Opens a connection to one address. Rejects when that fails, or when `signal` says that it takes too long. */
export async function openSocket(
	address: Address,
	{keepAliveMs}: {readonly keepAliveMs?: number},
	signal: AbortSignal,
): Promise<Socket> {
	signal.throwIfAborted();
	const socket = connect({...address, noDelay: true});
	// An error must not end the program before somebody reads from the socket, and learns of it.
	socket.on('error', () => {});
	destroyAt(signal, socket);
	await once(socket, 'connect');
	if (keepAliveMs !== undefined) socket.setKeepAlive(true, keepAliveMs);
	return socket;
}
