import type {Socket} from 'node:net';
import {clientSideOf} from '../../failures/client-side.js';
import {openIntake} from './intake.js';

/** What the server said in the old protocol, and what node-postgres says of a login that it can't do, is known; whatever else it stumbles over is no answer of a server. */
const whyOf = (error: unknown) =>
	error instanceof Error && ('severity' in error || clientSideOf('', error.message))
		? error
		: new Error('received invalid response', {cause: error});

/**
A connection that is open already, as node-postgres wants it, which opens its own: asked to connect it says that it has.

It gets whole messages only, each of which is what it should be. What is none ends the connection, and so does what node-postgres throws out of its data listener: it would end the program.
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
