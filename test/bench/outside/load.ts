import {setTimeout as wait} from 'node:timers/promises';
import type {TestCluster} from '../../helpers/server/cluster.js';
import {applicationOf, fillerOf, randomOf} from '../filler.js';
import {openRawSession, type RawSession} from './raw-session.js';

export type Load = {
	/** Ends all sessions, and waits until the server has none of them. */
	end(): Promise<void>;
};

/** How many sessions wait in a chain, each for the one before. */
const chained = 6;

/** How many of each kind: the rest is idle. */
export const mixOf = (count: number) => {
	const queued = Math.max(1, Math.floor(count / 100));
	const inTransaction = Math.max(1, Math.floor(count / 10));
	const long = Math.max(2, Math.floor(count / 5));
	const short = Math.max(1, Math.floor(count / 20));
	return {
		chained,
		queued,
		inTransaction,
		long,
		short,
		idle: count - chained - queued - inTransaction - long - short,
	};
};

const lengths = [200, 400, 800, 1500, 3000];

/** Opened so many at a time: each is a process that the server has to make. */
const atATime = 25;

/** Holds so many sessions open: the same ones in every run. */
export async function openLoad(cluster: TestCluster, count: number): Promise<Load> {
	const mix = mixOf(count);
	const sessions: RawSession[] = [];
	let isOver = false;
	const open = async (number: number) => {
		const session = await openRawSession(cluster, {
			user: 'app',
			database: number % 10 === 9 ? 'postgres' : 'appdb',
			application: applicationOf(number),
		});
		sessions.push(session);
		return session;
	};
	const each = async (many: number, begin: (session: RawSession, number: number) => Promise<void>) => {
		for (let from = 0; from < many; from += atATime) {
			const numbers = Array.from({length: Math.min(atATime, many - from)}, (_, index) => from + index);
			await Promise.all(numbers.map(async number => begin(await open(number), number)));
		}
	};

	const rows = await openRawSession(cluster, {user: 'app', database: 'appdb', application: 'rows'});
	await rows.query('create table if not exists held (id int primary key, v int)');
	await rows.query('truncate held; insert into held select g, 0 from generate_series(1, 50) g');
	rows.drop();
	await holdLocks(cluster, mix.queued, sessions);
	await each(mix.inTransaction, async (session, number) => {
		await session.query('begin');
		// Some have failed in it.
		await session.query(
			number % 20 === 10
				? 'select 1/0'
				: `select count(*) from pg_class where relname <> '${fillerOf(number, 10 + ((number * 37) % 290))}'`,
		);
	});
	await each(mix.long, async (session, number) => {
		const text = fillerOf(number, lengths[number % lengths.length] ?? 0);
		void session.query(
			`/* report ${number} */ select pg_sleep(${600 + ((number * 37) % 3000)}) as x\n  from generate_series(1, 1) g /* ${text} */`,
		);
	});
	await each(mix.idle, async (session, number) =>
		session.query(`select '${fillerOf(number, 20 + ((number * 37) % 380))}'`),
	);
	await each(mix.short, async (session, number) => {
		const random = randomOf(number);
		const goOn = async () => {
			while (!isOver) {
				const seconds = (0.3 + 2.7 * random()).toFixed(2);
				await session.query(
					`select pg_sleep(${seconds}) /* ${fillerOf(random() * 1e6, 20 + 280 * random())} */`,
				);
			}
		};
		void goOn();
	});
	return {
		async end() {
			isOver = true;
			for (const session of sessions) session.drop();
			await endSessions(cluster);
		},
	};
}

/** A chain, in which each session waits for the one before, and some more that wait for its first. */
async function holdLocks(cluster: TestCluster, queued: number, sessions: RawSession[]): Promise<void> {
	const login = {user: 'app', database: 'appdb'};
	const chain: RawSession[] = [];
	for (let link = 0; link < chained; link++) {
		const session = await openRawSession(cluster, {...login, application: `chain-${link}`});
		await session.query('begin');
		await session.query(`update held set v = v + 1 where id = ${link + 1}`);
		chain.push(session);
	}

	for (const [link, session] of chain.entries())
		if (link > 0) void session.query(`update held set v = v + 1 where id = ${link} /* waits in a chain */`);
	sessions.push(...chain);
	for (let number = 0; number < queued; number++) {
		const session = await openRawSession(cluster, {...login, application: 'queued'});
		void session.query(`update held set v = v + 1 where id = 1 /* waits for the same row */`);
		sessions.push(session);
	}
}

/** A session that sleeps does not see that its client has gone. */
async function endSessions({observe}: TestCluster): Promise<void> {
	for (;;) {
		const left = await observe(
			"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'",
		);
		if (left.length === 0) return;
		await wait(50);
	}
}
