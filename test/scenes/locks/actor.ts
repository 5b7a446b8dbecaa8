import type {TestCluster} from '../../helpers/server/cluster.js';
import {openSession, type Session} from '../../helpers/session/session.js';

/** A session that runs one statement after the other, and may wait for a lock in one. */
export type Actor = {
	readonly session: Session;
	readonly pid: number;
	/** Starts a statement; it must not run one. */
	does(text: string): void;
	/** Its last statement. */
	text(): string;
	/** It has no answer yet. */
	isBusy(): boolean;
	/** The SQLSTATE of its last statement, where that failed. */
	failure(): string | undefined;
	/** Resolves when its statement has an answer. */
	over(): Promise<void>;
};

export async function openActor(cluster: TestCluster, options = {}): Promise<Actor> {
	const session = await openSession(cluster, options);
	let running: Promise<void> | undefined;
	let failure: string | undefined;
	let last = '';
	return {
		session,
		pid: session.pid,
		does(text) {
			failure = undefined;
			last = text;
			const started = session.client.query(text).then(
				() => {},
				(error: {readonly code?: string}) => {
					failure = error.code ?? 'none';
				},
			);
			running = started.then(() => {
				running = undefined;
			});
		},
		text: () => last,
		isBusy: () => running !== undefined,
		failure: () => failure,
		over: async () => running,
	};
}

/** What a process waits for. */
export type Awaited = {readonly pid: number; readonly type: string; readonly key: string};

/** Who waits for what, by pid. */
export async function awaitedIn(cluster: TestCluster): Promise<ReadonlyMap<number, Awaited>> {
	const rows = await cluster.observe<Awaited>(`
		select pid, locktype as type,
		       concat_ws(' ', locktype, database, relation, page, tuple, virtualxid, transactionid, classid, objid, objsubid) as key
		  from pg_locks where not granted`);
	return new Map(rows.map(row => [row.pid, row]));
}

const limit = 20_000;

/** Until every actor has its answer or waits for a lock, and has done so twice in a row. */
export async function untilAtRest(
	cluster: TestCluster,
	actors: readonly Actor[],
): Promise<ReadonlyMap<number, Awaited>> {
	const deadline = performance.now() + limit;
	let before: string | undefined;
	for (;;) {
		const awaited = await awaitedIn(cluster);
		const moving = actors.filter(actor => actor.isBusy() && !awaited.has(actor.pid));
		const now =
			moving.length > 0
				? undefined
				: [...awaited.values()]
						.map(({pid, key}) => `${pid} ${key}`)
						.sort()
						.join();
		if (now !== undefined && now === before) return awaited;
		before = now;
		if (performance.now() > deadline) throw new Error(`still busy: ${moving.map(({pid}) => pid).join(', ')}`);
	}
}

/** Lets go of everything: what is not idle is cancelled, until nobody waits. */
export async function letGoOfAll(cluster: TestCluster, actors: readonly Actor[]): Promise<void> {
	const busy = actors.filter(actor => actor.isBusy());
	if (busy.length > 0)
		await cluster.observe(
			`select pg_cancel_backend(pid) from unnest('{${busy.map(({pid}) => pid).join()}}'::int[]) pid`,
		);
	await Promise.all(busy.map(actor => actor.over()));
	for (const actor of actors) actor.does('rollback; select pg_advisory_unlock_all()');
	await Promise.all(actors.map(actor => actor.over()));
	for (const {gid} of await cluster.observe<{gid: string}>('select gid from pg_prepared_xacts'))
		await cluster.observe(`rollback prepared '${gid}'`);
}
