import {setTimeout} from 'node:timers/promises';
import type {Client} from 'pg';
import {openClient} from '../../../source/demo/open-client.js';
import {limit} from '../limit.js';
import type {TestCluster} from '../server/cluster.js';

export type SessionOptions = {
	readonly user?: string;
	readonly database?: string;
	readonly application?: string;
};

export type Activity = {
	readonly state: string | null;
	readonly wait_event_type: string | null;
	readonly wait_event: string | null;
	readonly query: string;
};

export type Session = {
	readonly client: Client;
	readonly pid: number;
	query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
	/** Not awaited: for what waits or takes long. When the test does not look, a failure is not a fault. */
	start(text: string): Promise<void>;
	/** As others see it; nothing when it is gone. */
	activity(): Promise<Activity | undefined>;
	/** Running a query; one that sleeps is asleep, and waits for nothing else, but for its client between two pieces. */
	untilActive(): Promise<void>;
	/** Waiting for a lock. */
	untilBlocked(): Promise<void>;
	untilGone(): Promise<void>;
	end(): Promise<void>;
};

/** A real session: of app, in appdb, named test, unless told otherwise. */
export async function openSession(cluster: TestCluster, options: SessionOptions = {}): Promise<Session> {
	const client = await openClient(cluster, {user: 'app', database: 'appdb', application: 'test', ...options});
	const pid = Number((await client.query('select pg_backend_pid()')).rows[0]?.pg_backend_pid);
	const untilIt = async (condition: string) =>
		waitUntil(cluster, `exists (select from pg_stat_activity where pid = ${pid} and ${condition})`);

	return {
		client,
		pid,
		async query<Row extends object>(text: string, values?: unknown[]) {
			const {rows} = await client.query<Row>(text, values);
			return rows;
		},
		start(text) {
			const running = client.query(text).then(() => {});
			running.catch(() => {});
			return running;
		},
		async activity() {
			const [row] = await cluster.observe<Activity>(
				`select state, wait_event_type, wait_event, query from pg_stat_activity where pid = ${pid}`,
			);
			return row;
		},
		untilActive: async () =>
			untilIt(
				"state = 'active' and (wait_event in ('PgSleep', 'ClientRead') or query not like '%pg_sleep%')",
			),
		untilBlocked: async () => untilIt("wait_event_type = 'Lock'"),
		untilGone: async () => untilPidGone(cluster, pid),
		end: async () => client.end(),
	};
}

/** Until the server does not list it any more. */
export const untilPidGone = async (cluster: Pick<TestCluster, 'observe'>, pid: number) =>
	waitUntil(cluster, `not exists (select from pg_stat_activity where pid = ${pid})`);

/** Asks the server again and again, as a superuser in appdb; when it takes too long, says what the sessions do instead. */
export async function waitUntil(
	cluster: Pick<TestCluster, 'observe'>,
	condition: string,
	milliseconds = limit,
): Promise<void> {
	const deadline = performance.now() + milliseconds;
	for (;;) {
		const [row] = await cluster.observe<{is: boolean}>(`select (${condition}) as is`);
		if (row?.is) {
			return;
		}

		if (performance.now() > deadline) {
			const sessions = await cluster.observe(
				'select pid, application_name, state, wait_event_type, wait_event, query from pg_stat_activity',
			);
			throw new Error(`not in ${milliseconds} ms: ${condition}\n${JSON.stringify(sessions, undefined, ' ')}`);
		}

		await setTimeout(10);
	}
}
