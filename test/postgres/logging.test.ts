import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {fewServers} from '../helpers/server/servers.js';
import {logOf, openPgtop, orderOn, timesIn, visitRunning} from '../helpers/session/scene.js';

/** How a server may be set so that it logs every statement, and how many entries a superuser's refresh then still leaves. */
type Setting = {
	readonly setting: string;
	readonly left: number;
	readonly loggedBy: string;
	readonly since?: number;
};

const settings: readonly Setting[] = [
	{setting: "log_statement = 'all'", left: 1, loggedBy: 'log_statement = all'},
	{setting: 'log_min_duration_statement = 0', left: 1, loggedBy: 'log_min_duration_statement = 0'},
	{setting: 'log_duration = on', left: 1, loggedBy: 'log_duration = on'},
	{setting: 'log_min_duration_sample = 0', left: 1, loggedBy: 'log_min_duration_sample = 0', since: 13},
	// Which transactions are logged is decided when they begin.
	{
		setting: 'log_transaction_sample_rate = 1',
		left: 3,
		loggedBy: 'log_transaction_sample_rate = 1',
		since: 12,
	},
];

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** What one refresh adds to the server's log. */
	async function logOfRefresh(user: string, setting: string) {
		await cluster.observe(`alter role ${user} set ${setting}`);
		try {
			const pgtop = await openPgtop(cluster, {user, database: 'appdb'});
			await pgtop.sample();
			const {loggedBy} = await pgtop.rights();
			const before = (await logOf(cluster)).length;
			expect((await pgtop.sample()).missing).toEqual([]);
			return {log: (await logOf(cluster)).slice(before), loggedBy};
		} finally {
			await cluster.observe(`alter role ${user} reset all`);
		}
	}

	const known = settings.filter(({since = 10}) => binaries.major >= since);

	test.each(known)(
		'$setting: of a refresh by a superuser $left are logged',
		async ({setting, left, loggedBy}) => {
			const said = await logOfRefresh('su2', setting);
			expect(timesIn(said.log, 'LOG:')).toBe(left);
			if (left === 1) expect(said.log).not.toContain('pg_stat_get_activity');
			expect(said.loggedBy).toBe(loggedBy);
		},
	);

	test.each(known)(
		'$setting: what another role asks is logged, and that is told',
		async ({setting, loggedBy}) => {
			const said = await logOfRefresh('monsig', setting);
			expect(timesIn(said.log, 'LOG:')).toBe(3);
			expect(said.loggedBy).toBe(loggedBy);
		},
	);

	test('of open details of a superuser less than their text is logged', async () => {
		await cluster.observe("alter role su2 set log_statement = 'all'");
		const pgtop = await openPgtop(cluster, {user: 'su2'});
		await cluster.observe('alter role su2 reset all');
		const before = (await logOf(cluster)).length;
		await pgtop.inspect(1);
		expect((await logOf(cluster)).slice(before)).not.toContain('pg_stat_get_activity');
	});

	test('where nothing is logged nothing is told', async () => {
		for (const user of ['su2', 'plain']) {
			const said = await logOfRefresh(user, 'log_min_duration_statement = 5000');
			expect(said).toEqual({log: ''});
		}
	});

	test('a signal of a superuser is logged where statements are, with who sent it', async () => {
		await cluster.observe("alter role su2 set log_statement = 'all'");
		const pgtop = await openPgtop(cluster, {user: 'su2'});
		const {victim} = await visitRunning(cluster);
		await pgtop.signal(await orderOn(pgtop, victim.pid, 'terminate'));
		await cluster.observe('alter role su2 reset all');
		expect(timesIn(await logOf(cluster), '/* tester@test */ ')).toBe(1);
	});
});
