import {existsSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Demo, startDemo} from '../../source/demo/demo.js';
import {openClient} from '../../source/demo/open-client.js';
import {startWorkload} from '../../source/demo/workload.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {untilPidGone, waitUntil} from '../helpers/session/session.js';

let demo: Demo;
let cluster: Pick<TestCluster, 'observe'>;
const faults: string[] = [];

beforeAll(async () => {
	demo = await startDemo({onFault: sentence => faults.push(sentence)});
	const client = await openClient(demo, {user: demo.user, database: demo.database, application: 'observer'});
	cluster = {
		async observe<Row extends object>(text: string) {
			return (await client.query<Row>(text)).rows;
		},
	};
});

afterAll(async () => {
	await demo.stop();
	expect(existsSync(demo.host)).toBe(false);
	expect(faults).toEqual([]);
});

const queue = `(
	select count(*) = 3 from pg_stat_activity waiter
	where waiter.wait_event_type = 'Lock' and waiter.application_name in ('payments', 'reminders', 'account-page')
) and exists (
	select from pg_stat_activity waiter join pg_stat_activity holder on holder.pid = any (pg_blocking_pids(waiter.pid))
	where holder.application_name = 'psql' and holder.state = 'idle in transaction'
)`;

/** Of a session of the shop; one that was ended comes back after a moment. */
async function pidOf(application: string): Promise<number> {
	const ofIt = `from pg_stat_activity where application_name = '${application}' and backend_type = 'client backend'`;
	await waitUntil(cluster, `exists (select ${ofIt})`);
	const [row] = await cluster.observe<{pid: number}>(`select pid ${ofIt}`);
	return row?.pid ?? pidOf(application);
}

test('three sessions wait behind an idle transaction, and do so again after it was ended', async () => {
	await waitUntil(cluster, queue);
	const holder = await pidOf('psql');
	await cluster.observe(`select pg_terminate_backend(${holder})`);
	await untilPidGone(cluster, holder);
	await waitUntil(cluster, queue);
});

test('every kind of session is on the stage at once', async () => {
	await waitUntil(
		cluster,
		"(select count(*) from pg_stat_activity where application_name = 'fraud-model' and pid <> leader_pid) = 2",
	);
	await waitUntil(cluster, 'exists (select from pg_stat_progress_vacuum)');
	await waitUntil(
		cluster,
		"exists (select from pg_stat_activity where query like '%exchange_rate%' and state = 'active')",
	);
	await waitUntil(
		cluster,
		"(select count(*) from pg_stat_activity where application_name in ('checkout', 'cart', 'storefront', 'search', 'invoicer') and client_port = -1) >= 10",
	);
});

test('a session that is ended comes back, a cancelled one stays', async () => {
	const cancelled = await pidOf('metabase');
	const ended = await pidOf('fraud-model');
	const [row] = await cluster.observe<{at: string}>(
		`select clock_timestamp()::text as at, pg_cancel_backend(${cancelled}), pg_terminate_backend(${ended})`,
	);
	await waitUntil(
		cluster,
		`exists (select from pg_stat_activity where application_name = 'fraud-model' and pid not in (${ended}, coalesce(leader_pid, 0)) and query like '%fraud_score%')`,
	);
	await waitUntil(
		cluster,
		`exists (select from pg_stat_activity where pid = ${cancelled} and state = 'active' and query_start > '${row?.at}')`,
	);
});

test('a part that never gets anything done is a fault', async () => {
	const other = await startCluster();
	const play = async () => Promise.reject(new Error('no such table'));
	let report: (error: unknown) => void = () => {};
	const fault = new Promise(resolve => {
		report = resolve;
	});
	const workload = startWorkload(other, 'appdb', report, [{user: 'app', application: 'broken', play}]);
	expect(String(await fault)).toContain('no such table');
	await workload.stop();
	await other.stop();
});
