import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {stateAge, xactAge} from '../../source/domain/session/time.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {fewServers, servers} from '../helpers/server/servers.js';
import {backendOf, endOf, openPgtop, visit} from '../helpers/session/scene.js';
import {waitUntil} from '../helpers/session/session.js';

/** The server's own int8 of a timestamp, without any arithmetic on dates; as text, because version 10 rounds a float8 on its way. */
const own = (column: string) =>
	`(('x' || encode(timestamptz_send(${column}), 'hex'))::bit(64)::int8 + 946684800000000)::text`;

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', ({major, version}) => {
	let cluster: TestCluster;

	beforeAll(async () => {
		const binaries = servers.find(server => server.major === major);
		cluster = await startCluster(binaries, {
			settings: {track_activity_query_size: '4096', log_timezone: 'Asia/Kolkata'},
		});
	});

	afterAll(async () => cluster?.stop());

	const clock = async () => {
		const [row] = await cluster.observe<{now: string}>(`select ${own('clock_timestamp()')} as now`);
		return Number(row?.now);
	};

	/** One session in each state, in the order idle, in transaction, aborted, active, waiting. */
	async function stage() {
		const sessions = await Promise.all(
			['', 'begin', 'begin; select 1/0', 'begin; select pg_advisory_xact_lock(7)', ''].map(async text => {
				const session = await visit(cluster, {application: 'stage'});
				await endOf(session, text);
				return session;
			}),
		);
		const [, , , active, waiting] = sessions;
		void active?.start('select pg_sleep(60)');
		void waiting?.start('select pg_advisory_xact_lock(7)');
		await waiting?.untilBlocked();
		await active?.untilActive();
		// What has read its answer waits for its client a moment later.
		const pids = sessions.map(({pid}) => pid).join(', ');
		await waitUntil(
			cluster,
			`(select count(*) from pg_stat_activity where pid in (${pids}) and wait_event is not null) = 5`,
		);
		return sessions;
	}

	describe.each(['postgres', 'mon'])('%s', user => {
		test('sees of every session what the server has of it, to the microsecond', async () => {
			const pgtop = await openPgtop(cluster, {user});
			const pids = (await stage()).map(({pid}) => pid);
			const {backends} = await pgtop.sample();
			const seen = backends
				.filter(({pid}) => pids.includes(pid))
				.map(({backendStart, xactStart, queryStart, stateChange, query, wait, ...one}) => ({
					pid: one.pid,
					user: one.user,
					user_id: one.userId,
					database: one.database,
					application: one.application,
					state: one.state,
					wait: wait && `${wait.type}:${wait.name}`,
					times: [backendStart, xactStart, queryStart, stateChange].map(time => time ?? null),
					text: query?.text ?? null,
					hash: one.hash ?? null,
				}));
			const hash = major >= 11 ? 'hashtextextended(query, 0)' : 'hashtext(query)';
			const rows = await cluster.observe<{pid: number; times: (string | null)[]}>(`
				select pid, usename as user, usesysid as user_id, datname as database, application_name as application, state,
				       wait_event_type || ':' || wait_event as wait,
				       array[${['backend_start', 'xact_start', 'query_start', 'state_change'].map(own)}] as times,
				       case when state <> 'idle' then query end as text,
				       case when state <> 'idle' then ${hash}::text end as hash
				  from pg_stat_activity where pid in (${pids})`);
			const sort = (all: readonly {readonly pid: number}[]) => all.toSorted((a, b) => a.pid - b.pid);
			const there = rows.map(row => ({...row, times: row.times.map(time => time && Number(time))}));
			expect(sort(seen)).toEqual(sort(there));
			expect(backends.every(({isVisible}) => isVisible)).toBe(true);
		});
	});

	test.each(['plain', 'sig'])('%s sees who is there, and of itself everything', async user => {
		const pgtop = await openPgtop(cluster, {user});
		const app = await visit(cluster, {application: 'stage'});
		await app.query('begin');
		const {backends, ownPid} = await pgtop.sample();
		const other = backends.find(({pid}) => pid === app.pid);
		expect(other).toEqual({
			id: `${app.pid}@?${other?.userId}`,
			pid: app.pid,
			kind: 'client',
			isVisible: false,
			userId: expect.any(Number),
			user: 'app',
			database: 'appdb',
			application: 'stage',
		});
		expect(backends.find(({pid}) => pid === ownPid)).toMatchObject({
			isVisible: true,
			state: 'active',
			user,
			client: 'local',
			backendStart: expect.any(Number),
			hash: expect.stringMatching(/^-?\d+$/),
		});
		expect(JSON.stringify(backends)).not.toContain('insufficient privilege');
	});

	test.each(['postgres', 'mon', 'plain', 'sig'])('%s gets the facts and the counters', async user => {
		const pgtop = await openPgtop(cluster, {user});
		const before = await pgtop.sample();
		await cluster.observe('select pg_stat_reset()');
		await waitUntil(
			cluster,
			`(select max(stats_reset) > to_timestamp(${before.at} / 1e6) from pg_stat_database)`,
		);
		const [now] = await cluster.observe<{reset: string; started: string}>(
			`select ${own('max(stats_reset)')} as reset, ${own('pg_postmaster_start_time()')} as started from pg_stat_database`,
		);
		const {server, counters, ownPid, missing} = await pgtop.sample();
		expect(server).toEqual({
			version,
			major,
			recovery: 'PRIMARY',
			startedAt: Number(now?.started),
			maxConnections: 100,
			user,
			database: 'appdb',
			zone: {name: 'IST', offsetSeconds: 19_800},
		});
		expect(counters).toEqual({
			commits: expect.any(Number),
			rollbacks: expect.any(Number),
			blocksHit: expect.any(Number),
			blocksRead: expect.any(Number),
			tempBytes: expect.any(Number),
			deadlocks: 0,
			conflicts: 0,
			resetAt: Number(now?.reset),
			...(major < 15 && {readAt: expect.any(Number)}),
		});
		expect(ownPid).toBe((pgtop.client as unknown as {processID: number}).processID);
		expect(missing).toEqual([]);
	});

	test('a picture is plain data: through JSON and back it is the same', async () => {
		await stage();
		const picture = await (await openPgtop(cluster)).sample();
		expect(JSON.parse(JSON.stringify(picture))).toStrictEqual(picture);
	});

	test("ages are by the server's clock", async () => {
		const pgtop = await openPgtop(cluster);
		const [, holder] = await stage();
		const before = await clock();
		const {at, backends, serverMs} = await pgtop.sample();
		const after = await clock();
		expect(at).toBeGreaterThan(before);
		expect(at).toBeLessThan(after);
		expect(serverMs).toBeGreaterThan(0);
		expect(serverMs * 1000).toBeLessThan(after - before);
		const backend = backends.find(({pid}) => pid === holder?.pid);
		expect(backend && xactAge(backend, at)).toBe(at - (backend?.xactStart ?? 0));
		expect(backend && stateAge(backend, at)).toBeLessThan(Number(backend && xactAge(backend, at)));
	});

	test('between two pictures no transaction is open, and the next one shows who came and who went', async () => {
		const pgtop = await openPgtop(cluster);
		const {ownPid} = await pgtop.sample();
		const [us] = await cluster.observe(
			`select state, xact_start, backend_xmin from pg_stat_activity where pid = ${ownPid}`,
		);
		expect(us).toEqual({state: 'idle', xact_start: null, backend_xmin: null});
		const guest = await visit(cluster);
		expect(await backendOf(pgtop, guest.pid)).toMatchObject({state: 'idle', application: 'test'});
		await guest.end();
		await guest.untilGone();
		await expect(backendOf(pgtop, guest.pid)).rejects.toThrow('not in the picture');
	});

	test('a session that does not change is the same object in every picture, until a name of it changes', async () => {
		const pgtop = await openPgtop(cluster);
		await cluster.observe('create role renamed login superuser');
		const guest = await visit(cluster, {user: 'renamed'});
		// It is idle only some time after its client has the answer.
		await waitUntil(
			cluster,
			`exists (select from pg_stat_activity where pid = ${guest.pid} and state = 'idle' and wait_event = 'ClientRead')`,
		);
		const first = await backendOf(pgtop, guest.pid);
		expect(await backendOf(pgtop, guest.pid)).toBe(first);
		await cluster.observe('alter role renamed rename to again');
		expect(await backendOf(pgtop, guest.pid)).toEqual({...first, user: 'again'});
		await guest.end();
		await guest.untilGone();
		await cluster.observe('drop role again');
	});

	test('a text is cut at 1,024 bytes, its length and hash are of the whole, and an idle session has none', async () => {
		const pgtop = await openPgtop(cluster);
		const guest = await visit(cluster);
		await guest.query('begin');
		for (const [filling, end] of [
			['x', 'x'],
			['é', '\uFFFD'],
		] as const) {
			const text = `select 1 --${filling.repeat(1800)}`;
			await guest.query(text);
			const [row] = await cluster.observe<{bytes: number; hash: string}>(
				`select octet_length(query) as bytes, ${major >= 11 ? 'hashtextextended(query, 0)' : 'hashtext(query)'}::text as hash
				   from pg_stat_activity where pid = ${guest.pid}`,
			);
			const {query, hash} = await backendOf(pgtop, guest.pid);
			expect({query, hash}).toMatchObject({query: {bytes: Buffer.byteLength(text)}, hash: row?.hash});
			expect(row?.bytes).toBe(query?.bytes);
			expect(query?.text.endsWith(end)).toBe(true);
			expect(Buffer.byteLength(query?.text.replace('\uFFFD', '?') ?? '')).toBeLessThanOrEqual(1024);
			expect(text.startsWith(query?.text.replace('\uFFFD', '') ?? '-')).toBe(true);
		}

		await guest.query('commit');
		const idle = await backendOf(pgtop, guest.pid);
		expect(idle).not.toHaveProperty('query');
		expect(idle).not.toHaveProperty('hash');
	});
});
