import {connect, createServer, type Socket} from 'node:net';
import {createSecureContext, TLSSocket} from 'node:tls';
import type {ServerAddress} from '../../source/demo/open-client.js';
import {socketPath} from '../../source/postgres/connect/connect-target.js';
import {listen} from '../helpers/network/listen.js';
import {claiming, message} from '../helpers/network/messages.js';

/** What becomes of the server's message of this number on its way. */
export type Mutation = {readonly at: number} & (
	| {readonly how: 'drop' | 'twice' | 'after the next' | 'end'}
	| {readonly how: 'flip'; readonly offset: number; readonly bits: number}
	| {readonly how: 'claim'; readonly length: number}
	| {readonly how: 'cut'; readonly left: number}
	| {readonly how: 'scramble'; readonly bytes: Uint8Array}
	| {readonly how: 'before' | 'behind' | 'instead'; readonly bytes: Uint8Array}
);

export type Plan = {
	readonly mutations: readonly Mutation[];
	/** How long the pieces are in which the bytes arrive; whole where there is none. */
	readonly pieces: readonly number[];
};

/** Other bytes in the place of each value, so that the message stays what it is. */
function scrambled(whole: Buffer, bytes: Uint8Array): Buffer {
	const row = Buffer.from(whole);
	if (row[0] !== 0x44 || bytes.length === 0) return row;
	let at = 7;
	for (let left = row.readInt16BE(5); left > 0; left--) {
		const length = Math.max(0, row.readInt32BE(at));
		for (let index = 0; index < length; index++)
			row[at + 4 + index] = bytes[(at + index) % bytes.length] as number;
		at += 4 + length;
	}

	return row;
}

function mutate(whole: Buffer, mutation: Mutation): readonly Uint8Array[] {
	switch (mutation.how) {
		case 'drop':
		case 'end':
		case 'after the next':
			return [];
		case 'twice':
			return [whole, whole];
		case 'flip': {
			const flipped = Buffer.from(whole);
			const offset = mutation.offset % flipped.length;
			flipped[offset] = (flipped[offset] as number) ^ mutation.bits;
			return [flipped];
		}
		case 'claim':
			return [claiming(mutation.length, whole)];
		case 'cut':
			return [whole.subarray(0, mutation.left % whole.length)];
		case 'scramble':
			return [scrambled(whole, mutation.bytes)];
		case 'before':
			return [mutation.bytes, whole];
		case 'behind':
			return [whole, mutation.bytes];
		case 'instead':
			return [mutation.bytes];
	}
}

/** How long nothing may happen before the proxy hangs up, in milliseconds: a message that is not there is waited for. */
const patience = 300;

/** A TCP port, with or without TLS, in front of a server that is honest, where what it says is changed. */
export async function startMutatingProxy(
	behind: ServerAddress,
	tls?: {readonly cert: string; readonly key: string},
) {
	const sockets = new Set<Socket>();
	let plan: Plan = {mutations: [], pieces: []};
	let sent: {readonly type: string; readonly words: string}[] = [];

	const converse = (client: Socket, first: Buffer) => {
		const upstream = connect(socketPath(behind.host, behind.port));
		const {mutations, pieces} = plan;
		const heard = sent;
		const hangUp = () => {
			client.destroy();
			upstream.destroy();
		};
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => {
				sockets.delete(socket);
				hangUp();
			});
			socket.setTimeout(patience, hangUp);
		}

		const say = (bytes: Uint8Array) => {
			let at = 0;
			for (const length of pieces.slice(0, 200)) {
				if (at >= bytes.length) return;
				client.write(bytes.subarray(at, at + length));
				at += length;
			}

			if (at < bytes.length) client.write(bytes.subarray(at));
		};

		let left = Buffer.alloc(0);
		let number = 0;
		let late: Buffer | undefined;
		upstream.on('data', bytes => {
			left = Buffer.concat([left, bytes]);
			while (left.length >= 5 && left.length > left.readUInt32BE(1)) {
				const length = left.readUInt32BE(1) + 1;
				const whole = left.subarray(0, length);
				left = left.subarray(length);
				const at = number++;
				const mutation = mutations.find(one => one.at === at);
				for (const part of mutation ? mutate(whole, mutation) : [whole]) say(part);
				if (mutation?.how === 'end') hangUp();
				if (late) say(late);
				late = mutation?.how === 'after the next' ? whole : undefined;
			}
		});

		const hear = (bytes: Buffer) => {
			heard.push({type: String.fromCharCode(bytes[0] ?? 0), words: bytes.toString('latin1')});
			upstream.write(bytes);
		};
		client.on('data', hear);
		hear(first);
	};

	const server = createServer({noDelay: true}, client => {
		client.on('error', () => {});
		client.once('data', first => {
			if (first.length !== 8) converse(client, first);
			else if (!tls) client.write('N', () => client.once('data', next => converse(client, next)));
			else {
				client.write('S');
				const secure = new TLSSocket(client, {isServer: true, secureContext: createSecureContext(tls)});
				secure.on('error', () => {});
				secure.once('data', next => converse(secure, next));
			}
		});
	});
	const address = await listen(server, sockets);

	return {
		...address,
		/** From now on, for each connection. */
		change(to: Plan) {
			plan = to;
			sent = [];
		},
		/** What the client has sent since, in the pieces that arrived. */
		sent: () => sent,
	};
}

/** A message of any type, of which the length is right. */
export const anyMessage = (type: number, body: Uint8Array) => message(String.fromCharCode(type), body);
