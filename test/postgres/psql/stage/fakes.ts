import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {freePort} from '../../../helpers/server/start-server.js';

const message = (type: string, body: Uint8Array) => {
	const length = Buffer.alloc(4);
	length.writeInt32BE(body.length + 4);
	return Buffer.concat([Buffer.from(type), length, body]);
};

const wants = (method: number) => message('R', Buffer.of(0, 0, 0, method));

/** What SSLRequest and GSSENCRequest have in common: eight bytes. */
const isWish = (bytes: Buffer) => bytes.length === 8;

type Answer = (socket: Socket, bytes: Buffer) => void;

/** No encryption, then this. */
const plainly =
	(answer: Uint8Array): Answer =>
	(socket, bytes) =>
		socket.write(isWish(bytes) ? 'N' : answer);

const error = 'SFATAL\0C0A000\0Munsupported frontend protocol\0\0';

/** Ports where something else than a healthy PostgreSQL answers. */
const answers: Readonly<Record<string, Answer>> = {
	silent() {},
	hangup: socket => socket.destroy(),
	gss: plainly(wants(7)),
	sspi: plainly(wants(9)),
	unheard: plainly(wants(99)),
	http: socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
	// Whoever reads on takes words for the server's that anybody on the way may have put there.
	stuffed: socket => socket.write(Buffer.concat([Buffer.from('S'), wants(0)])),
	mute: (socket, bytes) => (isWish(bytes) ? socket.write('S') : undefined),
	rude: (socket, bytes) => socket.end(isWish(bytes) ? message('E', Buffer.from(error)) : ''),
};

export type Fakes = {readonly ports: Readonly<Record<string, number>>; close(): void};

export async function startFakes(): Promise<Fakes> {
	const sockets = new Set<Socket>();
	const started = await Promise.all(
		Object.entries(answers).map(async ([name, answer]) => {
			const server = createServer(socket => {
				sockets.add(socket);
				socket.on('error', () => {});
				socket.on('data', bytes => answer(socket, bytes));
			});
			server.listen(0, '127.0.0.1');
			await once(server, 'listening');
			return {name, server, port: (server.address() as AddressInfo).port};
		}),
	);
	return {
		ports: {
			...Object.fromEntries(started.map(({name, port}) => [name, port])),
			closed: await freePort(),
		},
		close() {
			for (const {server} of started) server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}
