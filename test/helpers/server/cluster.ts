import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {access, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import type {Client} from 'pg';
import type {Binaries} from '../../../source/demo/launch/binaries-in.js';
import {type Cluster, type LaunchOptions, launch} from '../../../source/demo/launch.js';
import {openClient, type ServerAddress} from '../../../source/demo/open-client.js';
import {newest} from './servers.js';

export type TestCluster = Cluster & {
	readonly major: number;
	/** A superuser's look from outside: one session, named observer, from its first use on. */
	observe<Row extends object>(text: string): Promise<Row[]>;
};

const roles = `
create role app login;
create role plain login;
create role mon login in role pg_monitor;
create role monsig login in role pg_monitor, pg_signal_backend;
create role sig login in role pg_signal_backend;
create role su2 login superuser;`;

const database = 'create database appdb owner app';

const settings = {autovacuum: 'off', max_prepared_transactions: '10'};

const cache = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'pgtop-test');

/**
A server with the roles app, plain, mon, monsig, sig and su2 and the database appdb; stop it at the end of the file.
Initdb runs once per version and kind: what it made is kept as an archive in node_modules/.cache, and unpacking that takes a fortieth of the time.
*/
export async function startCluster(
	binaries: Binaries = newest,
	{dataFrom, ...options}: LaunchOptions = {},
): Promise<TestCluster> {
	const data = dataFrom ?? (await template(binaries, options));
	const cluster = await launch(binaries, {
		...options,
		settings: {...settings, ...options.settings},
		dataFrom: data,
	});
	return {...cluster, major: binaries.major, observe: observer(cluster)};
}

async function template(binaries: Binaries, {encoding, initdbArgs = []}: LaunchOptions): Promise<string> {
	// The server's time zone is that of the environment in which it is made.
	const made = [roles, database, encoding, initdbArgs, binaries.bin, process.env.TZ];
	const hash = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 8);
	const path = join(cache, `${binaries.version}-${process.getuid?.()}-${hash}.tar`);
	try {
		await access(path);
		return path;
	} catch {
		return makeTemplate(path, binaries, {...(encoding !== undefined && {encoding}), initdbArgs});
	}
}

async function makeTemplate(path: string, binaries: Binaries, options: LaunchOptions): Promise<string> {
	await mkdir(cache, {recursive: true});
	const draft = await mkdtemp(`${path}-`);
	const initdbArgs = [...(binaries.major >= 11 ? ['--wal-segsize=1'] : []), ...(options.initdbArgs ?? [])];
	const cluster = await launch(binaries, {...options, initdbArgs});
	try {
		const client = await openClient(cluster, {
			user: 'postgres',
			database: 'postgres',
			application: 'template',
		});
		await client.query(roles);
		await client.query(database);
		await client.end();
		await cluster.halt('fast');
		const archive = join(draft, 'data.tar');
		await promisify(execFile)('tar', ['-C', dirname(cluster.data), '-cf', archive, basename(cluster.data)]);
		// Whoever else made one in the meantime made the same.
		await rename(archive, path).catch(() => {});
		return path;
	} finally {
		await cluster.stop();
		await rm(draft, {recursive: true, force: true});
	}
}

/** From now on a role's login goes by this method; anyone else's goes without one. */
export async function letIn(cluster: TestCluster, user: string, method: string): Promise<void> {
	const file = join(cluster.data, 'pg_hba.conf');
	await writeFile(file, `local all ${user} ${method}\n${await readFile(file, 'utf8')}`);
	await cluster.observe('select pg_reload_conf()');
}

function observer(address: ServerAddress): TestCluster['observe'] {
	let client: Client | undefined;
	return async <Row extends object>(text: string) => {
		if (client === undefined) {
			const opened = await openClient(address, {
				user: 'postgres',
				database: 'appdb',
				application: 'observer',
			});
			// It does not survive a restart of the server.
			opened.once('end', () => {
				client = undefined;
			});
			client = opened;
		}

		const {rows} = await client.query<Row>(text);
		return rows;
	};
}
