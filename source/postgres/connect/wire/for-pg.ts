import type {Socket} from 'node:net';

/**
A connection that is open already, as node-postgres wants it, which opens its own: asked to connect it says that it has.

node-postgres throws out of its data listener at a message that it doesn't know, such as a request for GSSAPI: here that ends the connection, and not the program.
*/
export function forPg(socket: Socket): Socket {
	const emit = socket.emit.bind(socket) as (event: string | symbol, ...data: readonly unknown[]) => boolean;
	return Object.assign(socket, {
		connect() {
			setImmediate(() => {
				if (socket.destroyed) return;
				emit('connect');
				socket.resume();
			});
			return socket;
		},
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
