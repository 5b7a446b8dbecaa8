import {connect, createServer, type Socket} from 'node:net';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {socketPath} from '../../../source/postgres/connect/connect-target.js';
import {listen} from './listen.js';

export type Proxy = ServerAddress & {
	/** What clients have sent so far. */
	sent(): string;
	/** Resolves when the clients' words hold this text. */
	untilSent(text: string): Promise<void>;
	/** Keeps back what the server answers. */
	hold(): void;
	/** Hands over everything that was kept back, in one piece, and goes on. */
	release(): void;
	/** From now on nothing arrives any more, in either direction, and nobody is told. */
	goSilent(): void;
	/** The same, right after this text in an answer, in the middle of a packet too. */
	goSilentAfter(text: string): void;
};

/** A TCP port in front of a server's socket, where a test decides when bytes arrive. */
export async function startProxy(behind: ServerAddress): Promise<Proxy> {
	const words: string[] = [];
	const listeners = new Set<() => void>();
	const sockets = new Set<Socket>();
	let held: {readonly to: Socket; readonly bytes: Buffer}[] | undefined;
	let isSilent = false;
	let lastWord: string | undefined;

	const server = createServer({noDelay: true}, client => {
		const upstream = connect(socketPath(behind.host, behind.port));
		for (const [socket, other] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => {
				sockets.delete(socket);
				if (!isSilent) other.destroy();
			});
		}

		client.on('data', bytes => {
			if (isSilent) return;
			words.push(bytes.toString('latin1'));
			upstream.write(bytes);
			for (const listener of listeners) listener();
		});
		upstream.on('data', bytes => {
			if (isSilent) return;
			const at = lastWord === undefined ? -1 : bytes.indexOf(lastWord, 0, 'latin1');
			isSilent = at >= 0;
			const last = isSilent ? bytes.subarray(0, at + (lastWord?.length ?? 0)) : bytes;
			if (held) held.push({to: client, bytes: last});
			else client.write(last);
		});
	});
	const address = await listen(server, sockets);

	const sent = () => words.join('');
	return {
		...address,
		sent,
		untilSent: text =>
			new Promise(resolve => {
				const look = () => {
					if (!sent().includes(text)) return;
					listeners.delete(look);
					resolve();
				};
				listeners.add(look);
				look();
			}),
		hold() {
			held ??= [];
		},
		release() {
			const all = held ?? [];
			held = undefined;
			for (const to of new Set(all.map(one => one.to)))
				to.write(Buffer.concat(all.filter(one => one.to === to).map(({bytes}) => bytes)));
		},
		goSilent() {
			isSilent = true;
		},
		goSilentAfter(text) {
			lastWord = text;
		},
	};
}
