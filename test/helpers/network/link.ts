import {mkdtemp, rm} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ServerAddress} from '../../../source/demo/open-client.js';

/** A link to the server that can be slow, silent or cut, and that can lead to another one. */
export type Link = ServerAddress & {
	/** What is written from now on reaches the server this much later. */
	delayRequests(ms: number): void;
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

export async function openLink(address: ServerAddress): Promise<Link> {
	const {port} = address;
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-proxy-'));
	const sockets = new Set<Socket>();
	let behind = address;
	let exchanges = 0;
	let delay = 0;
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
		let login: Buffer | undefined;
		let backend: Socket | undefined;
		let isIdle = false;
		let seen = exchanges;
		/** Requests that wait until the other server has let us in. */
		let waiting: Buffer[] | undefined;

		const lead = () => {
			const next = socketOf(behind);
			const before = backend;
			backend = next;
			before?.destroy();
			keep(next, () => {
				if (next === backend) client.destroy();
			});
			next.on('data', bytes => {
				isIdle = bytes.subarray(-ready.length).equals(ready);
				if (!waiting) {
					if (swallows !== 'answers') client.write(bytes);
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
			else if (delay > 0) setTimeout(() => backend?.write(bytes), delay);
			else backend?.write(bytes);
		});
	});
	await new Promise<void>(resolve => server.listen(join(folder, `.s.PGSQL.${port}`), resolve));

	const cut = () => {
		delay = 0;
		swallows = 'nothing';
		for (const socket of [...sockets]) socket.destroy();
	};

	return {
		host: folder,
		port,
		delayRequests(ms) {
			delay = ms;
		},
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
