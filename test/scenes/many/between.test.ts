import {beforeAll, expect, onTestFinished, test} from 'vitest';
import {startProxy} from '../../helpers/network/proxy.js';
import {type Session, waitUntil} from '../../helpers/session/session.js';
import {setStage, untilRead} from '../stage.js';
import {askedAbout, tagAll, writtenOf} from './tagged.js';

// A standby that never comes: every commit that writes waits for it.
const stage = setStage({settings: {synchronous_standby_names: 'missing'}});

beforeAll(async () => {
	for (const text of [
		'set synchronous_commit = local',
		'create role boss login',
		'create table orders (id int)',
		'grant all on orders to app',
	])
		await stage.cluster.observe(text);
});

const five = async (open: () => Promise<Session>) => Promise.all(Array.from({length: 5}, open));

/** Twenty sessions in transactions, by what will become of them. */
async function twenty(application: string) {
	const begun = async (user: string, text: string) => {
		const session = await stage.session({user, application});
		await session.query('begin');
		await session.query(text);
		return session;
	};
	onTestFinished(async () => {
		await stage.cluster.observe('alter role boss nosuperuser');
	});
	return {
		ends: await five(async () => begun('app', 'select 1')),
		goesOn: await five(async () => begun('app', 'select 1')),
		commits: await five(async () => begun('app', 'insert into orders values (1)')),
		isDenied: await five(async () => begun('boss', 'select 1')),
	};
}

type Twenty = Awaited<ReturnType<typeof twenty>>;

const pids = (sessions: readonly Session[]) => sessions.map(({pid}) => pid);

/** Five end, five go on to their next transaction, five wait for the standby, and five become a superuser's. */
async function change({ends, goesOn, commits}: Twenty): Promise<void> {
	for (const {client} of commits) client.query('commit').catch(() => {});
	await Promise.all([
		...ends.map(async ({end}) => end()),
		...goesOn.map(async ({query}) => query('commit; begin; select 2')),
		stage.cluster.observe('alter role boss superuser'),
	]);
	await waitUntil(
		stage.cluster,
		`(select count(*) from pg_stat_activity where wait_event = 'SyncRep' and pid in (${pids(commits).join()})) = 5
		and not exists (select from pg_stat_activity where pid in (${pids(ends).join()}))`,
	);
}

test('of twenty that change between the last look and y each is told as it was', async () => {
	const sessions = await twenty('unseen');
	const proxy = await startProxy(stage.cluster);
	const {host, port} = proxy;
	const run = await stage.run({user: 'monsig', host, port});
	await tagAll(run, 'unseen', 20);
	await askedAbout(run, 'k', 20);
	proxy.hold();
	await change(sessions);
	await run.press('y');
	await proxy.untilSent('pg_terminate_backend');
	proxy.release();
	await run.says(/20 signals: 5 ended, 5 had ended already, 5 went into SyncRep, 5 denied - L/);

	const written = await writtenOf(run, 20);
	const of = (group: readonly Session[]) => [...new Set(pids(group).map(pid => written.get(pid)?.outcome))];
	expect(of(sessions.ends)).toEqual(['had ended already']);
	expect(of(sessions.goesOn)).toEqual(['ended']);
	expect(of(sessions.commits)).toEqual(['held back']);
	expect(of(sessions.isDenied)).toEqual(['denied']);
	expect(await run.signalLines()).toHaveLength(20);
	await run.press('L');
	const page = run.page().replaceAll(/\s+/g, ' ');
	expect(page).toContain('k on 20 sessions: 5 ended, 5 had ended already, 5 went into SyncRep, 5 denied');
	for (const [group, why] of [
		[sessions.ends, 'had ended already'],
		[sessions.goesOn, 'ended \\d+\\.\\ds after k'],
		[sessions.commits, 'was not signalled: it waits for the standby by now'],
		[sessions.isDenied, 'was not signalled: superuser only: nobody here can'],
	] as const)
		for (const pid of pids(group)) expect(page).toMatch(new RegExp(`k ${pid} \\S+ unseen[^:]*: ${why}`));
	for (const {pid} of [...sessions.commits, ...sessions.isDenied])
		expect(await stage.logOf(pid)).not.toMatch(/terminating/);
});

test('of twenty that change while the question is open it says so, and what is new has to be read', async () => {
	const sessions = await twenty('seen');
	const run = await stage.run({user: 'monsig'});
	await tagAll(run, 'seen', 20);
	expect(await askedAbout(run, 'k', 20)).not.toContain('SyncRep');
	await change(sessions);
	await run.says(/5 gone/);
	await run.says(/5 in SyncRep, done here: k ends the wait/);
	await untilRead(run);
	await run.press('y');
	await run.says(/15 signals: 10 ended, 5 denied - L/);

	const written = await writtenOf(run, 15);
	const of = (group: readonly Session[]) => [...new Set(pids(group).map(pid => written.get(pid)?.outcome))];
	expect(of(sessions.ends)).toEqual([undefined]);
	expect(of([...sessions.goesOn, ...sessions.commits])).toEqual(['ended']);
	expect(of(sessions.isDenied)).toEqual(['denied']);
	for (const {pid} of sessions.commits)
		expect(await stage.logOf(pid)).toMatch(/canceling the wait for synchronous replication/);
});

test('of two programs with the same tags the second tells that they had ended already', async () => {
	const sessions = await five(async () => {
		const session = await stage.session({application: 'shared'});
		await session.query('begin');
		return session;
	});
	const proxy = await startProxy(stage.cluster);
	const {host, port} = proxy;
	const [first, second] = [await stage.run(), await stage.run({host, port})];
	for (const run of [first, second]) await tagAll(run, 'shared', 5);
	await askedAbout(first, 'k', 5);
	await askedAbout(second, 'k', 5);
	proxy.hold();
	await first.press('y');
	await first.says(/5 signals: 5 ended - L/);
	await second.press('y');
	await proxy.untilSent('pg_terminate_backend');
	proxy.release();
	await second.says(/5 signals: 5 had ended already - L/);
	for (const [run, outcome] of [
		[first, 'ended'],
		[second, 'had ended already'],
	] as const) {
		const written = await writtenOf(run, 5);
		expect(pids(sessions).map(pid => written.get(pid)?.outcome)).toEqual(sessions.map(() => outcome));
	}
});

test('a question of the second program that is open closes when the first has ended them', async () => {
	await five(async () => stage.session({application: 'closing'}));
	const [first, second] = [await stage.run(), await stage.run()];
	for (const run of [first, second]) await tagAll(run, 'closing', 5);
	await askedAbout(second, 'k', 5);
	await askedAbout(first, 'k', 5);
	await first.press('y');
	await first.says(/5 signals: 5 ended - L/);
	await second.says(/nothing was sent: 5 gone/);
	expect(await second.audit()).toEqual([]);
});
