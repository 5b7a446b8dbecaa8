import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers} from '../../helpers/server/servers.js';
import {openPgtop, visit, visitRunning, visitWalsender} from '../../helpers/session/scene.js';
import {type Session, waitUntil} from '../../helpers/session/session.js';
import {play} from '../../helpers/state/play.js';

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** Until the server has it in its list as one whose activity is not tracked. */
	const untilDisabled = async ({pid}: Session) =>
		waitUntil(cluster, `(select state from pg_stat_get_activity(${pid})) = 'disabled'`);

	/** Until the sessions of the tests before have left, which are closed and not waited for. */
	const untilLeft = async () =>
		waitUntil(cluster, "not exists (select from pg_stat_activity where application_name = 'pgtop')");

	/** Header and alert line as they are right after a picture of the server, of these sessions alone. */
	async function told(user = 'postgres', ...sessions: readonly Session[]) {
		const pgtop = await openPgtop(cluster, {user});
		const picture = await pgtop.sample();
		const pids = [picture.ownPid, ...sessions.map(({pid}) => pid)];
		const backends =
			sessions.length === 0 ? picture.backends : picture.backends.filter(({pid}) => pids.includes(pid));
		return play({size: {columns: 120, rows: 40}}).does({type: 'sampled', snapshot: {...picture, backends}});
	}

	/** A setting for all sessions to come. */
	async function withSetting(of: string, setting: string) {
		await cluster.observe(`alter ${of} set ${setting}`);
		onTestFinished(async () => {
			await cluster.observe(`alter ${of} reset ${setting.split(' ')[0]}`);
		});
	}

	/** A setting of the server, as from its file. */
	async function withServer(name: string) {
		const isSo = (value: string) => waitUntil(cluster, `current_setting('${name}') = '${value}'`);
		await cluster.observe(`alter system set ${name} = off`);
		await cluster.observe('select pg_reload_conf()');
		onTestFinished(async () => {
			await cluster.observe(`alter system reset ${name}`);
			await cluster.observe('select pg_reload_conf()');
			await isSo('on');
		});
		await isSo('off');
	}

	test('where all is tracked every number is one, and there is no alert', async () => {
		const {victim} = await visitRunning(cluster);
		const idle = await visit(cluster);
		const moment = await told('postgres', victim, idle);
		expect(moment.topText()).toMatch(
			/ 3\/100 (?:.|\n)*^ +1 active +0 lockwait +0 idle-tx +1 idle +longest tx +\S+ of \d/m,
		);
		expect(moment.alert()).toBe('');
	});

	test('a session that has turned track_activities off makes every number the least', async () => {
		const {victim} = await visitRunning(cluster);
		const off = await visit(cluster, {user: 'su2'});
		await off.query('set track_activities = off');
		await untilDisabled(off);
		const moment = await told('postgres', victim, off);
		expect(moment.topText()).toMatch(
			/ 3\/100 (?:.|\n)*^ +>=1 active +>=0 lockwait +>=0 idle-tx +>=0 idle +longest tx +>=\S+ of \d/m,
		);
		expect(moment.alert()).toBe(
			`▲ session ${off.pid} is not tracked: track_activities is off for it   more: !`,
		);
	});

	test.each([
		['role', 'role app'],
		['database', 'database appdb'],
	])('of sessions of a %s whose track_activities is off nothing is known', async (_, of) => {
		await withSetting(of, 'track_activities = off');
		const [idle, running] = [await visit(cluster), await visit(cluster)];
		void running.start('select pg_sleep(60)');
		const sessions = [idle, running];
		for (const session of sessions) await untilDisabled(session);
		const moment = await told('postgres', ...sessions);
		expect(moment.topText()).toMatch(
			/ 3\/100 (?:.|\n)*^ +\? active +\? lockwait +\? idle-tx +\? idle +longest tx +\?/m,
		);
		expect(moment.alert()).toMatch(/^▲ 2 sessions are not tracked: track_activities is off /);
	});

	test('on a server whose track_activities is off nothing is known of any session', async () => {
		await untilLeft();
		await withServer('track_activities');
		const off = await visit(cluster);
		await off.query('begin');
		await untilDisabled(off);
		const moment = await told();
		expect(moment.topText()).toMatch(/^ +\? active +\? lockwait +\? idle-tx +\? idle +longest tx +\?/m);
		expect(moment.alert()).toMatch(/not tracked: track_activities is off/);
	});

	test.each(['postgres', 'plain'])(
		'%s is told that the counters stand still where track_counts is off',
		async user => {
			const before = await (await openPgtop(cluster, {user})).sample();
			expect(before.counters).not.toHaveProperty('isOff');
			await withServer('track_counts');
			const {counters} = await (await openPgtop(cluster, {user})).sample();
			expect(counters?.isOff).toBe(true);
			const moment = await told(user);
			expect(moment.topText()).toMatch(/ tps +- .* hit +- /);
			expect(moment.types('!').page()).toContain("tps and hit ratio can't be told: track_counts is off");
		},
	);

	if (major < 12)
		test('who can not see walsenders counts at least the slots that it sees', async () => {
			await untilLeft();
			await visitWalsender(cluster, 'true');
			const taken = async () => {
				const rows = await cluster.observe<{count: number}>(
					"select count(*)::int from pg_stat_activity where backend_type in ('client backend', 'walsender')",
				);
				return rows[0]?.count ?? 0;
			};
			const seen = await told('mon');
			expect(seen.topText()).toContain(` ${await taken()}/100 `);
			const least = await told('plain');
			expect(least.topText()).toContain(` >=${(await taken()) - 1}/100 `);
		});
});
