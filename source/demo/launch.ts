import {join} from 'node:path';
import type {Binaries} from './launch/binaries-in.js';
import {demoPort} from './launch/demo-port.js';
import {makePrivateFolder} from './launch/folder/private-folder.js';
import {furnish, isOutOfReach} from './launch/furnish.js';
import {type Guard, type Run, type ShutdownSignal, startGuard} from './launch/guard.js';
import {type DataOptions, makeData} from './launch/make-data.js';
import {serverUser} from './launch/server-user.js';
import {untilReady} from './launch/until-ready.js';
import type {ServerAddress} from './open-client.js';

export type LaunchOptions = DataOptions & {
	readonly settings?: Readonly<Record<string, string>>;
	/** A data folder to copy instead of running initdb, or a tar archive of one, named data. */
	readonly dataFrom?: string;
};

export type Cluster = ServerAddress & {
	readonly data: string;
	readonly log: string;
	/** The postmaster's, another one after each start. */
	pid(): number;
	/** Resolves when the server is down, for whatever reason. */
	ended(): Promise<void>;
	/** Shuts the server down and keeps the data. */
	halt(mode?: ShutdownMode): Promise<void>;
	/** Starts the server again after a halt. */
	start(): Promise<void>;
	/** Ends the server and removes everything, as happens when this process dies. */
	stop(): Promise<void>;
};

export type ShutdownMode = 'smart' | 'fast' | 'immediate';

const signals: Readonly<Record<ShutdownMode, ShutdownSignal>> = {
	smart: 'TERM',
	fast: 'INT',
	immediate: 'QUIT',
};

/** Starts a throwaway server on a socket in a private folder, without a TCP port. Rejects with a sentence for the user. */
export async function launch(binaries: Binaries, options: LaunchOptions = {}): Promise<Cluster> {
	const {path: host, remove} = await makePrivateFolder(await isOutOfReach(binaries));
	let guard: Guard | undefined;
	const stop = async () => {
		await guard?.close();
		await remove();
	};

	try {
		const command = await furnish(host, binaries, options.dataFrom);
		guard = startGuard(host, serverUser());
		if (options.dataFrom === undefined) {
			await makeData(host, guard, command, options);
		}

		const words = command('postgres', '-D', join(host, 'data'), ...settingWords(host, options.settings));
		return await serve(host, guard, words, stop);
	} catch (error) {
		await stop();
		throw error;
	}
}

async function serve(
	host: string,
	guard: Guard,
	words: readonly string[],
	stop: () => Promise<void>,
): Promise<Cluster> {
	let server: Run;
	const start = async () => {
		server = await guard.run(words);
		await untilReady({host, port: demoPort}, server);
	};

	await start();
	let stopping: Promise<void> | undefined;
	return {
		host,
		port: demoPort,
		data: join(host, 'data'),
		log: join(host, 'log'),
		start,
		pid: () => server.pid,
		async ended() {
			await server.ended;
		},
		async halt(mode = 'fast') {
			server.signal(signals[mode]);
			await server.ended;
		},
		stop: async () => (stopping ??= stop()),
	};
}

function settingWords(folder: string, settings: LaunchOptions['settings']): string[] {
	const all = {
		listen_addresses: '',
		unix_socket_directories: `"${folder}"`,
		port: String(demoPort),
		fsync: 'off',
		full_page_writes: 'off',
		shared_buffers: '32MB',
		max_connections: '100',
		...settings,
	};
	return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
