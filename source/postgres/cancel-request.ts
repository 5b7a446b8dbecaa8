import {once} from 'node:events';
import type {Reopen} from './connect/connect-address.js';

/** How long the server may take to close the connection, in milliseconds. */
const patience = 3000;

const cancelRequestCode = 80_877_102;

/** The 16 bytes by which a session is known to the server that opened it. */
function cancelPacket(processId: number, secretKey: number): Buffer {
	const packet = Buffer.alloc(16);
	packet.writeInt32BE(16, 0);
	packet.writeInt32BE(cancelRequestCode, 4);
	packet.writeInt32BE(processId, 8);
	packet.writeInt32BE(secretKey, 12);
	return packet;
}

/**
Asks the server to break off what our own session runs now. The request has its own connection, which takes no slot and is encrypted like the session.

Resolves when the server has closed that connection: from then on the request can't hit a later statement of ours. Rejects when it could not be delivered.
*/
export async function cancelRequest(reopen: Reopen, processId: number, secretKey: number): Promise<void> {
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(new Error('no answer to a CancelRequest')), patience);
	try {
		const socket = await reopen(late.signal);
		const closed = once(socket, 'close');
		socket.write(cancelPacket(processId, secretKey));
		socket.resume();
		await closed;
	} finally {
		clearTimeout(timer);
	}
}
