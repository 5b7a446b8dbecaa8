import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {findBinaries} from '../../../../source/demo/binaries.js';
import type {Binaries} from '../../../../source/demo/launch/binaries-in.js';
import {startCluster} from '../../../helpers/server/cluster.js';
import {servers} from '../../../helpers/server/servers.js';
import {type Server, startServer} from '../../../helpers/server/start-server.js';
import {createDatabase, databases, hba, ident, oldHba, roles} from './accounts.js';
import type {Papers} from './papers.js';

export type Servers = Readonly<Record<string, Server>>;
type Settings = Readonly<Record<string, string>>;

const withTls = (name: string): Settings => ({
	ssl: 'on',
	ssl_ca_file: 'ca.pem',
	ssl_cert_file: `${name}.crt`,
	ssl_key_file: `${name}.key`,
});

const standbys = ['standby', 'recovering'];

/** One primary, its certificate good, and others that differ from it in what their name says. */
const settings: Readonly<Record<string, Settings>> = {
	tls: withTls('server'),
	plain: {},
	wrong: withTls('wrong'),
	late: withTls('late'),
	odd: withTls('odd'),
	standby: withTls('server'),
	recovering: {hot_standby: 'off'},
	stopping: {},
	full: {max_connections: '4', superuser_reserved_connections: '1', max_wal_senders: '0'},
};

/** All of them or none. */
async function startCopies(
	binaries: Binaries,
	dataFrom: string,
	all: Readonly<Record<string, Settings>>,
): Promise<Servers> {
	const tries = Object.entries(all).map(async ([name, its]) => {
		const options = {settings: its, isStandby: standbys.includes(name)};
		const server = await startServer(binaries, dataFrom, options);
		try {
			// One that recovers lets nobody in.
			if (name !== 'recovering') await server.untilReady();
			return {name, server};
		} catch (error) {
			await server.stop();
			throw error;
		}
	});
	const results = await Promise.allSettled(tries);
	const started = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
	const failed = results.find(({status}) => status === 'rejected');
	if (failed === undefined) return Object.fromEntries(started.map(({name, server}) => [name, server]));
	await Promise.all(started.map(async ({server}) => server.stop()));
	throw (failed as PromiseRejectedResult).reason;
}

/** Starts these on copies of one data folder with roles, databases, rules and certificates. */
async function startAll(
	binaries: Binaries,
	files: Papers,
	all: Readonly<Record<string, Settings>>,
): Promise<Servers> {
	const cluster = await startCluster(binaries);
	try {
		await cluster.observe(roles);
		for (const name of databases) await cluster.observe(createDatabase(name)).catch(() => {});
		await cluster.halt('fast');
		for (const [name, text] of Object.entries(files))
			await writeFile(join(cluster.data, name), text, {mode: 0o600});
		return await startCopies(binaries, cluster.data, all);
	} finally {
		await cluster.stop();
	}
}

/** The newest at hand, whichever the other tests are told to take. */
export async function startNewest(papers: Papers): Promise<Servers> {
	const found = await findBinaries();
	if ('failure' in found) throw new Error(found.failure);
	return startAll(found.binaries, {'pg_hba.conf': hba, 'pg_ident.conf': ident, ...papers}, settings);
}

/** PostgreSQL 10: the last that knows no channel binding. */
export async function startOldest(papers: Papers): Promise<Server | undefined> {
	const oldest = servers.find(({major}) => major === 10);
	if (oldest === undefined) return undefined;
	const {old} = await startAll(oldest, {'pg_hba.conf': oldHba, ...papers}, {old: withTls('server')});
	return old;
}
