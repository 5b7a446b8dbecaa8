import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Snapshot} from '../../../source/domain/server/snapshot.js';
import {alerts} from '../../../source/tables/alerts.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {fewServers} from '../../helpers/server/servers.js';
import {openPgtop, visit} from '../../helpers/session/scene.js';
import {waitUntil} from '../../helpers/session/session.js';
import {allRights, minute} from '../../helpers/state/backend.js';
import {play} from '../../helpers/state/play.js';

/** What the program says of this picture, by the names of the alerts. */
function toldOf(snapshot: Snapshot): Readonly<Record<string, string>> {
	const {state} = play().does({type: 'sampled', snapshot}).has(allRights);
	return Object.fromEntries(
		alerts.flatMap(({name, tell}) =>
			tell(state).map(({text, isRed}) => [name, `${isRed ? 'red ' : ''}${text}`]),
		),
	);
}

const later = (picture: Snapshot, by: number): Snapshot => ({...picture, at: picture.at + by});

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {
			settings: {
				max_connections: '16',
				max_wal_senders: '2',
				archive_mode: 'on',
				archive_command: '/bin/true',
			},
		});
	});

	afterAll(async () => cluster?.stop());

	test('a healthy server has no alert, also while a throttled VACUUM keeps an old snapshot', async () => {
		const pgtop = await openPgtop(cluster);
		await cluster.observe('create table slow as select generate_series(1, 20000) as id');
		await cluster.observe('delete from slow');
		const sweeper = await visit(cluster, {user: 'postgres'});
		await sweeper.query("set vacuum_cost_delay = '100ms'; set vacuum_cost_limit = 1");
		const running = sweeper.start('vacuum slow');
		await waitUntil(cluster, `exists (select from pg_stat_progress_vacuum where pid = ${sweeper.pid})`);
		const picture = await pgtop.sample();
		expect(toldOf(picture)).toEqual({});
		expect(toldOf(later(picture, 600 * minute))).toEqual({});
		await cluster.observe(`select pg_cancel_backend(${sweeper.pid})`);
		await running.catch(() => {});
	});

	test('full slots, and who is idle in transaction', async () => {
		const pgtop = await openPgtop(cluster);
		for (let times = 0; times < 9; times++) await visit(cluster);
		const sleeper = await visit(cluster);
		await sleeper.query('begin; select txid_current()');
		const picture = await pgtop.sample();
		const {connections, ...others} = toldOf(picture);
		expect(others).toEqual({});
		expect(connections).toMatch(/^red (at most )?1 connection left for ordinary roles: (>=)?12\/16 taken$/);
		expect(toldOf(later(picture, 14 * minute))).toMatchObject({
			'idle-tx': expect.stringMatching(`^${sleeper.pid} \\(app\\) idle in transaction for 1[34]m`),
		});
		expect(toldOf(later(picture, 40 * minute))['idle-tx']).toMatch(/^red /);
	});

	test('a slot that keeps more than half of what it may', async () => {
		const pgtop = await openPgtop(cluster);
		onTestFinished(async () => {
			await cluster.observe("select pg_drop_replication_slot('kept')");
		});
		await cluster.observe("select pg_create_physical_replication_slot('kept', true)");
		await cluster.observe('create table filled as select generate_series(1, 1000) as id');
		const picture = await pgtop.sample();
		expect(toldOf(picture)).toEqual({});
		const {limits} = picture;
		if (!limits) throw new Error('the limits are not read');
		expect(toldOf({...picture, limits: {...limits, slotKeepBytes: 10_000}})).toEqual({
			slot: expect.stringMatching(/^slot kept keeps [\d.]+[kM]?B of WAL, and nobody uses it$/),
		});
	});
});
