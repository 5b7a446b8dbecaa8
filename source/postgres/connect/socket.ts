import {Socket, setDefaultAutoSelectFamilyAttemptTimeout} from 'node:net';

// Node gives an address of a name with several of them 250 ms to answer, less than a slow link needs.
const addressTimeoutMs = 2000;

/**
A socket for node-postgres, which throws out of its data listener at a message that it doesn't know,
such as a request for GSSAPI: here that ends the connection, and not the program.
*/
export function openSocket(): Socket {
	setDefaultAutoSelectFamilyAttemptTimeout(addressTimeoutMs);
	const socket = new Socket();
	const emit = socket.emit.bind(socket) as (event: string | symbol, ...data: readonly unknown[]) => boolean;
	return Object.assign(socket, {
		emit(event: string | symbol, ...data: readonly unknown[]) {
			if (event !== 'data') return emit(event, ...data);
			try {
				return emit(event, ...data);
			} catch (error) {
				socket.destroy(error as Error);
				return true;
			}
		},
	});
}
