import {type FoundBinaries, findBinaries} from './binaries.js';
import {type Cluster, launch} from './launch.js';
import {openClient} from './open-client.js';
import {people, schema} from './shop/schema.js';
import {startWorkload} from './workload.js';

export type DemoOptions = {
	/** The folder of postgres and initdb, when the user named one. */
	readonly binariesHint?: string | undefined;
	/** Called when the demo does not go as written, in words for the user. */
	readonly onFault: (sentence: string) => void;
};

export type Demo = {
	readonly host: string;
	readonly port: number;
	readonly user: 'postgres';
	readonly database: 'shop';
	stop(): Promise<void>;
};

const settings = {
	synchronous_commit: 'off',
	wal_level: 'minimal',
	max_wal_senders: '0',
	max_wal_size: '64MB',
	autovacuum_naptime: '20s',
};

/** Starts a server of our own with a busy shop on it. Rejects with a sentence for the user. */
export async function startDemo({binariesHint, onFault}: DemoOptions): Promise<Demo> {
	const binaries = chosen(await findBinaries(binariesHint));
	// The server has less to write then.
	const initdbArgs = [
		...(binaries.major >= 11 ? ['--wal-segsize=1'] : []),
		...(binaries.major >= 18 ? ['--no-data-checksums'] : []),
	];
	const cluster = await launch(binaries, {settings, initdbArgs});
	try {
		await createShop(cluster);
	} catch (error) {
		await cluster.stop();
		throw error;
	}

	let isStopping = false;
	const workload = startWorkload(cluster, 'shop', error => onFault(`The demo fails: ${String(error)}`));
	void cluster.ended().then(() => {
		if (!isStopping) {
			onFault('The server of the demo has ended.');
			void workload.stop();
		}
	});
	await workload.opened;
	return {
		host: cluster.host,
		port: cluster.port,
		user: 'postgres',
		database: 'shop',
		async stop() {
			isStopping = true;
			await workload.stop();
			await cluster.stop();
		},
	};
}

function chosen(found: FoundBinaries) {
	if ('failure' in found) {
		throw new Error(found.failure);
	}

	return found.binaries;
}

async function createShop(cluster: Cluster): Promise<void> {
	const login = {user: 'postgres', application: 'pgtop'};
	const outside = await openClient(cluster, {...login, database: 'template1'});
	// Renamed, because a new database would take 0.2 s.
	await outside.query('alter database postgres rename to shop');
	await outside.end();
	const inside = await openClient(cluster, {...login, database: 'shop'});
	await inside.query(people + schema);
	await inside.end();
}
