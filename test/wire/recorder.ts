import {mkdtemp, rm} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ServerAddress} from '../../source/demo/open-client.js';

const protocol3 = 196_608;
const cancelRequest = 80_877_102;

/** One message of a client: `Q`, `X` and so on as the protocol calls them, and the two that have no letter. */
export type Sent = {
	readonly connection: number;
	readonly type: string;
	readonly text: string;
};

export type Recorder = ServerAddress & {
	/** Every byte that clients have sent, connection by connection. */
	raw(): Buffer;
	/** The same as messages, in order within a connection. */
	messages(): readonly Sent[];
	/** Keeps the server's answers back, as a network that hangs does. */
	hold(): void;
	release(): void;
	close(): Promise<void>;
};

/** Stands between clients and a server, and writes down all that clients send. */
export async function startRecorder({host, port}: ServerAddress): Promise<Recorder> {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-wire-'));
	const recordings: Buffer[][] = [];
	const sockets = new Set<Socket>();
	const held = new Set<Socket>();
	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
	};

	const server = createServer({allowHalfOpen: true}, client => {
		const recording: Buffer[] = [];
		recordings.push(recording);
		const upstream = connect({path: join(host, `.s.PGSQL.${port}`), allowHalfOpen: true});
		for (const socket of [client, upstream]) keep(socket);
		client.on('data', bytes => {
			recording.push(bytes);
			upstream.write(bytes);
		});
		upstream.on('data', bytes => client.write(bytes));
		client.on('end', () => upstream.end());
		upstream.on('end', () => client.end());
		client.on('close', () => upstream.destroy());
		upstream.on('close', () => client.end());
		upstreams.add(upstream);
		upstream.on('close', () => upstreams.delete(upstream));
	});
	const upstreams = new Set<Socket>();
	await new Promise<void>(resolve => {
		server.listen(join(folder, `.s.PGSQL.${port}`), resolve);
	});

	return {
		host: folder,
		port,
		raw: () => Buffer.concat(recordings.flat()),
		messages: () =>
			recordings.flatMap((recording, connection) => messagesIn(Buffer.concat(recording), connection)),
		hold() {
			for (const upstream of upstreams) {
				upstream.pause();
				held.add(upstream);
			}
		},
		release() {
			for (const upstream of held) upstream.resume();
			held.clear();
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise(resolve => {
				server.close(resolve);
			});
			await rm(folder, {recursive: true, force: true});
		},
	};
}

/** Takes a client's bytes apart: the first message has no letter. */
function messagesIn(bytes: Buffer, connection: number): readonly Sent[] {
	const messages: Sent[] = [];
	let at = 0;
	while (at < bytes.length) {
		const isFirst = at === 0;
		const start = isFirst ? at : at + 1;
		const length = bytes.readInt32BE(start);
		const body = bytes.subarray(start + 4, start + length);
		if (isFirst) {
			const code = body.readInt32BE(0);
			const types: Record<number, string> = {[protocol3]: 'startup', [cancelRequest]: 'cancel request'};
			messages.push({connection, type: types[code] ?? `code ${code}`, text: textOf(body.subarray(4))});
		} else {
			const type = String.fromCharCode(bytes[at] ?? 0);
			messages.push({connection, type, text: textOf(body)});
		}

		at = start + length;
	}

	return messages;
}

const textOf = (body: Buffer) => body.toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
