import {createServer, type Socket} from 'node:net';
import {listen} from './listen.js';

/** What the server says next, or does: what it sends on and on as long as somebody reads it. */
export type Said =
	| Uint8Array
	| ((heard: Buffer) => Uint8Array)
	| {readonly endless: Uint8Array}
	/** As the first: the answer to the request for TLS; without it there is none. */
	| {readonly tls: Uint8Array};

const flood = (socket: Socket, bytes: Uint8Array) => {
	while (socket.writable && socket.write(bytes));
	socket.once('drain', () => flood(socket, bytes));
};

const isForTls = (said: Said | undefined) => said !== undefined && 'tls' in said;

function tlsAnswer(left: Said[]): Said {
	const [first] = left;
	if (first === undefined || !isForTls(first)) return Buffer.from('N');
	left.shift();
	return first;
}

/** A server without TLS that says these one after the other, each after whatever the client says, and hangs up when it has nothing to say any more. */
export const startLiar = async (...answers: readonly Said[]) => startImpatientLiar(0, ...answers);

/** The same, which hangs up, too, when nothing was said for so many milliseconds. */
export async function startImpatientLiar(patience: number, ...answers: readonly Said[]) {
	const heard: Buffer[] = [];
	const sockets = new Set<Socket>();
	const server = createServer({noDelay: true}, socket => {
		const left = [...answers];
		let isFlooding = false;
		sockets.add(socket);
		socket.setTimeout(patience, () => socket.destroy());
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
		socket.on('data', bytes => {
			heard.push(bytes);
			if (isFlooding) return;
			const next = bytes.length === 8 ? tlsAnswer(left) : left.splice(0, isForTls(left[0]) ? 2 : 1).at(-1);
			if (next === undefined) socket.end();
			else if ('endless' in next) {
				isFlooding = true;
				flood(socket, next.endless);
			} else if ('tls' in next) socket.write(next.tls);
			else socket.write(typeof next === 'function' ? next(bytes) : next);
		});
	});
	const address = await listen(server, sockets);
	return {
		...address,
		heard: () => Buffer.concat(heard).toString('latin1'),
		/** How many connections are open. */
		open: () => sockets.size,
	};
}
