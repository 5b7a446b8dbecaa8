import {writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import type {Binaries} from '../../../source/demo/launch/binaries-in.js';
import {makePrivateFolder} from '../../../source/demo/launch/folder/private-folder.js';
import {furnish, isOutOfReach} from '../../../source/demo/launch/furnish.js';
import {startGuard} from '../../../source/demo/launch/guard.js';
import {serverUser} from '../../../source/demo/launch/server-user.js';
import {untilReady} from '../../../source/demo/launch/until-ready.js';

/** A server with a TCP port, which those of the demo have not. */
export type Server = {
	readonly port: number;
	/** Of its socket and its log. */
	readonly folder: string;
	readonly log: string;
	/** Resolves when it lets a superuser in. */
	untilReady(): Promise<void>;
	/** Lets those finish who are in, and nobody else in. */
	shutDown(): void;
	stop(): Promise<void>;
};

const listensOn = (port: number, host: string) =>
	new Promise<string | undefined>(resolve => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
		server.listen(port, host, () => server.close(() => resolve(undefined)));
	});

export const hasIpv6 = async () => (await listensOn(0, '::1')) === undefined;

// Below those that the system hands out to clients, and others in each process: tests run side by side.
let nextPort = 15_000 + (process.pid % 50) * 320;

/** Never the same twice. */
export async function freePort(): Promise<number> {
	const port = nextPort++;
	const faults = await Promise.all(['127.0.0.1', '::1'].map(async host => listensOn(port, host)));
	return faults.includes('EADDRINUSE') ? freePort() : port;
}

type Options = {
	readonly settings: Readonly<Record<string, string>>;
	/** It waits for WAL that never comes. */
	readonly isStandby: boolean;
};

/** Starts a copy of the data of another server, on a port of its own. */
export async function startServer(
	binaries: Binaries,
	dataFrom: string,
	{settings, isStandby}: Options,
): Promise<Server> {
	const {path: folder, remove} = await makePrivateFolder(await isOutOfReach(binaries));
	const command = await furnish(folder, binaries, dataFrom);
	if (isStandby) await writeFile(join(folder, 'data', 'standby.signal'), '', {mode: 0o644});
	const guard = startGuard(folder, serverUser());
	const port = await freePort();
	const all = {
		listen_addresses: '127.0.0.1,::1',
		port: String(port),
		unix_socket_directories: `"${folder}"`,
		fsync: 'off',
		shared_buffers: '16MB',
		// As on the server whose data it has, or a standby does not begin.
		max_prepared_transactions: '10',
		log_line_prefix: '%e ',
		...settings,
	};
	const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const run = await guard.run(command('postgres', '-D', join(folder, 'data'), ...words));
	return {
		port,
		folder,
		log: join(folder, 'log'),
		untilReady: async () => untilReady({host: folder, port}, run),
		shutDown: () => run.signal('TERM'),
		async stop() {
			await guard.close();
			await remove();
		},
	};
}
