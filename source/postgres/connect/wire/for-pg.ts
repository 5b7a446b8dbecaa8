import type {Socket} from 'node:net';
import {clientSideOf} from '../../failures/client-side.js';
import {openIntake} from './intake.js';

/** Two kinds of errors keep their words: the server's in the old protocol, and those of node-postgres on a login that it can't do. Whatever else node-postgres stumbles over is no answer of a server. */
const whyOf = (error: unknown) =>
	error instanceof Error && ('severity' in error || clientSideOf('', error.message))
		? error
		: new Error('received invalid response', {cause: error});

/**
Makes an open connection fit for node-postgres, which opens its own: asked to connect, the socket says that it has.

node-postgres gets only whole, well-formed messages. Anything else ends the connection. So does an error that node-postgres throws in its data listener, because it would end the program.
*/
export function forPg(socket: Socket): Socket {
	const emit = socket.emit.bind(socket) as (event: string | symbol, ...data: readonly unknown[]) => boolean;
	const write = socket.write.bind(socket) as (...data: readonly unknown[]) => boolean;
	const intake = openIntake();
	return Object.assign(socket, {
		connect() {
			setImmediate(() => {
				if (socket.destroyed) return;
				emit('connect');
				socket.resume();
			});
			return socket;
		},
		write(...data: readonly unknown[]) {
			intake.wrote();
			return write(...data);
		},
		emit(event: string | symbol, ...data: readonly unknown[]) {
			if (event !== 'data') return emit(event, ...data);
			try {
				for (const messages of intake.read(data[0] as Buffer)) emit(event, messages);
			} catch (error) {
				socket.destroy(whyOf(error));
			}

			return true;
		},
	});
}
