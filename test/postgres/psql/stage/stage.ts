import {existsSync} from 'node:fs';
import {readdir, readFile, readlink, symlink, unlink} from 'node:fs/promises';
import type {Client} from 'pg';
import {openClient} from '../../../../source/demo/open-client.js';
import {hasIpv6, type Server} from '../../../helpers/server/start-server.js';
import type {Need} from '../case.js';
import {account} from './accounts.js';
import {startFakes} from './fakes.js';
import {makePapers, type Papers} from './papers.js';
import {type Servers, startNewest, startOldest} from './servers.js';

export type Stage = {
	/** Puts ports, paths and texts in the place of their names. */
	fill(text: string, places: {readonly home: string; readonly papers: string}): string;
	/** The certificates and keys, by the names of their files. */
	readonly papers: Papers;
	/** The name of the server on this port. */
	nameOf(port: number): string;
	/** What a server wrote into its log with this sentence. */
	codeOf(sentence: string): Promise<string>;
	/** How many sessions of this name the servers have that let somebody in. */
	sessions(application: string): Promise<number>;
	/** Why this can't be had here. */
	lacks(need: Need): string | undefined;
	close(): Promise<void>;
};

/** Of Debian's psql. */
const usualDirectory = '/var/run/postgresql';

async function attempt({folder, port}: Server, user: string): Promise<Client | string | undefined> {
	try {
		return await openClient({host: folder, port}, {user, database: 'postgres', application: 'occupant'});
	} catch (error) {
		return (error as {code?: string}).code;
	}
}

/** Until nobody gets in any more, for this reason. */
async function occupy(server: Server, code: string): Promise<readonly Client[]> {
	const occupants: Client[] = [];
	for (;;) {
		const got = await attempt(server, 'postgres');
		if (got === code) return occupants;
		if (typeof got === 'object') occupants.push(got);
	}
}

async function untilBusy({recovering, stopping, full}: Servers): Promise<readonly Client[]> {
	if (!(recovering && stopping && full)) throw new Error('a server is missing');
	const guest = await attempt(stopping, 'postgres');
	stopping.shutDown();
	const occupants = [recovering, stopping].map(async server => occupy(server, '57P03'));
	const all = await Promise.all([...occupants, occupy(full, '53300')]);
	return [...all.flat(), ...(typeof guest === 'object' ? [guest] : [])];
}

/** Those of runs that were killed lead nowhere. */
async function sweepLinks(): Promise<void> {
	for (const name of await readdir(usualDirectory).catch(() => [])) {
		const link = `${usualDirectory}/${name}`;
		const to = await readlink(link).catch(() => '');
		if (to.includes('/pgtop-demo-') && !existsSync(link)) await unlink(link).catch(() => {});
	}
}

/** Where psql looks when no host is named; not everybody may write there. */
async function linkUsualSocket({tls}: Servers): Promise<string | undefined> {
	if (tls === undefined) return undefined;
	await sweepLinks();
	const link = `${usualDirectory}/.s.PGSQL.${tls.port}`;
	return symlink(`${tls.folder}/.s.PGSQL.${tls.port}`, link).then(
		() => link,
		() => undefined,
	);
}

/** Everything that the cases connect to. */
export async function openStage(): Promise<Stage> {
	const papers = makePapers();
	const [young, old, fakes, isIpv6] = await Promise.all([
		startNewest(papers),
		startOldest(papers),
		startFakes(),
		hasIpv6(),
	]);
	const all: Servers = {...young, ...(old && {old})};
	const occupants = await untilBusy(all);
	const link = await linkUsualSocket(all);
	const ports: Readonly<Record<string, number>> = {
		...fakes.ports,
		...Object.fromEntries(Object.entries(all).map(([name, {port}]) => [name, port])),
	};

	const lookUp = (name: string, kind: string) => {
		if (kind === '=') return papers[name];
		const {folder} = all[name] ?? {};
		if (kind === '/') return folder;
		return kind === '%' ? encodeURIComponent(folder ?? '') : ports[name];
	};

	return {
		papers,
		fill: (text, places) =>
			text.replaceAll(/\{(=?)([\w.-]+)([/%]?)\}/g, (whole, sign: string, name: string, end: string) => {
				const value = {...places, account}[name] ?? lookUp(name, sign || end);
				if (value === undefined) throw new Error(`nothing is called ${whole}`);
				return String(value);
			}),
		nameOf: port => Object.keys(all).find(name => all[name]?.port === port) ?? String(port),
		async codeOf(sentence) {
			const logs = await Promise.all(Object.values(all).map(async ({log}) => readFile(log, 'utf8')));
			const lines = logs.flatMap(log => log.split('\n'));
			const line = lines.find(text => text.slice(6) === `FATAL:  ${sentence}`);
			if (line === undefined) throw new Error(`no server said: ${sentence}`);
			return line.slice(0, 5);
		},
		async sessions(application) {
			const counts = Object.values(all).map(async server => {
				const client = await attempt(server, 'postgres');
				if (typeof client !== 'object') return 0;
				const text = 'select count(*)::int from pg_stat_activity where application_name = $1';
				const {rows} = await client.query<{count: number}>(text, [application]);
				await client.end();
				return rows[0]?.count ?? 0;
			});
			return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
		},
		lacks(need) {
			if (need === 'ipv6') return isIpv6 ? undefined : 'there is no IPv6 here';
			if (need === 'old') return old ? undefined : 'there is no PostgreSQL 10: npm ci --prefix test/servers';
			return link ? undefined : `${usualDirectory} can't be written to`;
		},
		async close() {
			if (link !== undefined) await unlink(link);
			for (const client of occupants) client.connection.stream.destroy();
			fakes.close();
			await Promise.all(Object.values(all).map(async server => server.stop()));
		},
	};
}
