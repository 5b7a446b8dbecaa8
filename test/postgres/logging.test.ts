import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../helpers/cluster.js';
import {logOf, openPgtop, orderOn, timesIn, visitRunning} from '../helpers/scene.js';
import {servers} from '../helpers/servers.js';

/** How a server may be set so that it logs every statement, and how many entries a superuser's refresh then still leaves. */
const settings: readonly (readonly [setting: string, left: number, loggedBy: string])[] = [
	["log_statement = 'all'", 1, 'log_statement = all'],
	['log_min_duration_statement = 0', 1, 'log_min_duration_statement = 0'],
	['log_duration = on', 1, 'log_duration = on'],
];

describe.each(servers)('PostgreSQL $major', binaries => {
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

	test.each(settings)(
		'%s: of a refresh by a superuser %i entry is logged',
		async (setting, left, loggedBy) => {
			const said = await logOfRefresh('su2', setting);
			expect(timesIn(said.log, 'LOG:')).toBe(left);
			expect(said.log).not.toContain('pg_stat_get_activity');
			expect(said.loggedBy).toBe(loggedBy);
		},
	);

	test.each(settings)(
		'%s: what another role asks is logged, and that is told',
		async (setting, _, loggedBy) => {
			const said = await logOfRefresh('monsig', setting);
			expect(timesIn(said.log, 'LOG:')).toBe(3);
			expect(said.loggedBy).toBe(loggedBy);
		},
	);

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
