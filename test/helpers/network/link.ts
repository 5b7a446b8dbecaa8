import {mkdtemp, rm} from 'node:fs/promises';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {openRoad, type Weather} from './road.js';

/** What becomes of the server's words, once, on the connection that hears them first. `after` counts their bytes from now on. */
export type Harm = {readonly after: number} & (
	| {readonly how: 'corrupt'; readonly to: number}
	/** The end of the connection, in the middle of a message. */
	| {readonly how: 'truncate'}
	/** The connection is gone without an end: RST, for which the link must be one over TCP. */
	| {readonly how: 'reset'}
);

/** A link to the server that can be slow, silent, harmful or cut, and that can lead to another one. */
export type Link = ServerAddress & {
	/** What is written from now on reaches the server this much later. */
	delayRequests(ms: number): void;
	/** From now on bytes travel so in both directions. */
	weather(to: Weather): void;
	harm(how: Harm): void;
	/** How many connections there were until now. */
	connections(): number;
	/** What is written from now on never reaches the server. */
	swallowRequests(): void;
	/** What the server says from now on never comes. */
	swallowAnswers(): void;
	/** New connections lead there. */
	leadTo(address: ServerAddress): void;
	/** As a pooler: what the open connections ask from now on is asked there. */
	exchange(address: ServerAddress): void;
	/** Breaks every connection; new ones get through again. */
	cut(): void;
	close(): Promise<void>;
};

/** Nobody answers there. */
export const nowhere: ServerAddress = {host: '/nonexistent', port: 5432};

/** ReadyForQuery, outside of a transaction. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

const socketOf = ({host, port}: ServerAddress) =>
	host.startsWith('/') ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host);

export async function openLink(address: ServerAddress, {isTcp = false} = {}): Promise<Link> {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-proxy-'));
	const sockets = new Set<Socket>();
	let behind = address;
	let exchanges = 0;
	let connections = 0;
	let requests: Weather = {};
	let answers: Weather = {};
	let harm: Harm | undefined;
	let swallows: 'nothing' | 'requests' | 'answers' = 'nothing';

	const keep = (socket: Socket, whenClosed: () => void) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => {
			sockets.delete(socket);
			whenClosed();
		});
	};

	const server = createServer(client => {
		connections++;
		const toClient = openRoad(client, () => answers);
		let toServer: ReturnType<typeof openRoad> = () => {};
		let login: Buffer | undefined;
		let backend: Socket | undefined;
		let isIdle = false;
		let seen = exchanges;
		/** Requests that wait until the other server has let us in. */
		let waiting: Buffer[] | undefined;

		const say = (bytes: Buffer) => {
			const left = harm?.after ?? Infinity;
			if (!harm || bytes.length <= left) {
				if (harm) harm = {...harm, after: left - bytes.length};
				toClient(bytes);
				return;
			}

			const {how} = harm;
			if (how === 'corrupt') {
				const changed = Buffer.from(bytes);
				changed[left] = harm.to;
				toClient(changed);
			} else if (how === 'reset') client.resetAndDestroy();
			else client.end(bytes.subarray(0, left));
			harm = undefined;
		};

		const lead = () => {
			const next = socketOf(behind);
			const before = backend;
			backend = next;
			toServer = openRoad(next, () => requests);
			before?.destroy();
			keep(next, () => {
				if (next === backend) client.destroy();
			});
			next.on('data', bytes => {
				isIdle = bytes.subarray(-ready.length).equals(ready);
				if (!waiting) {
					if (swallows !== 'answers') say(bytes);
				} else if (isIdle) {
					// What it says to the login is not for the client, who has logged in once.
					for (const request of waiting) next.write(request);
					waiting = undefined;
				}
			});
		};

		keep(client, () => backend?.destroy());
		lead();
		client.on('data', bytes => {
			if (swallows === 'requests') return;
			if (isIdle && seen < exchanges) {
				seen = exchanges;
				waiting = [];
				lead();
				backend?.write(login ?? '');
			}

			login ??= bytes;
			isIdle = false;
			if (waiting) waiting.push(bytes);
			else toServer(bytes);
		});
	});
	await new Promise<void>(resolve =>
		isTcp
			? server.listen(0, '127.0.0.1', resolve)
			: server.listen(join(folder, `.s.PGSQL.${address.port}`), resolve),
	);

	const cut = () => {
		requests = {};
		answers = {};
		harm = undefined;
		swallows = 'nothing';
		for (const socket of [...sockets]) socket.destroy();
	};

	return {
		host: isTcp ? '127.0.0.1' : folder,
		port: isTcp ? (server.address() as AddressInfo).port : address.port,
		delayRequests(ms) {
			requests = {delay: ms};
		},
		weather(to) {
			requests = to;
			answers = to;
		},
		harm(how) {
			harm = how;
		},
		connections: () => connections,
		swallowRequests() {
			swallows = 'requests';
		},
		swallowAnswers() {
			swallows = 'answers';
		},
		leadTo(next) {
			behind = next;
		},
		exchange(next) {
			behind = next;
			exchanges++;
		},
		cut,
		async close() {
			cut();
			await new Promise(resolve => server.close(resolve));
			await rm(folder, {recursive: true, force: true});
		},
	};
}
