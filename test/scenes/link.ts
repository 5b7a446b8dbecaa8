import {mkdtemp, rm} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Address} from '../../source/demo/open-client.js';

/** A link to the server that can be slow, silent or cut. */
export type Link = Address & {
	/** What is written from now on reaches the server this much later. */
	delayRequests(ms: number): void;
	/** What is written from now on never reaches the server. */
	swallowRequests(): void;
	/** What the server says from now on never comes. */
	swallowAnswers(): void;
	/** Breaks every connection; new ones get through again. */
	cut(): void;
	close(): Promise<void>;
};

export async function openLink({host, port}: Address): Promise<Link> {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-proxy-'));
	const name = `.s.PGSQL.${port}`;
	const sockets = new Set<Socket>();
	let delay = 0;
	let swallows: 'nothing' | 'requests' | 'answers' = 'nothing';

	const server = createServer(client => {
		const backend = connect(join(host, name));
		for (const [one, other] of [
			[client, backend],
			[backend, client],
		] as const) {
			sockets.add(one);
			one.on('error', () => {});
			one.on('close', () => {
				sockets.delete(one);
				other.destroy();
			});
		}

		client.on('data', bytes => {
			if (swallows === 'requests') return;
			if (delay > 0) setTimeout(() => backend.write(bytes), delay);
			else backend.write(bytes);
		});
		backend.on('data', bytes => {
			if (swallows !== 'answers') client.write(bytes);
		});
	});
	await new Promise<void>(resolve => server.listen(join(folder, name), resolve));

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
		cut,
		async close() {
			cut();
			await new Promise(resolve => server.close(resolve));
			await rm(folder, {recursive: true, force: true});
		},
	};
}
