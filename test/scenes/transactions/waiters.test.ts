import {beforeAll, expect, test} from 'vitest';
import {letGo, setStage, told} from '../stage.js';

const stage = setStage();

beforeAll(async () => {
	await stage.cluster.observe('create table stock (id int primary key, n int)');
	await stage.cluster.observe('insert into stock select g, 0 from generate_series(1, 3) g');
	await stage.cluster.observe('grant all on stock to app');
});

/** A session in a transaction that has run these statements. */
async function inTransaction(...texts: readonly string[]) {
	const session = await stage.session();
	for (const text of ['begin', ...texts]) await session.query(text);
	return session;
}

/** One in a transaction that runs this statement, and waits for a lock. */
async function waiting(text: string) {
	const session = await inTransaction();
	void session.start(text).catch(() => {});
	await session.untilBlocked();
	return session;
}

test('k on who holds a row: the first in the queue goes on, and the others wait for that one', async () => {
	const holder = await inTransaction('update stock set n = 1 where id = 1');
	const first = await waiting('update stock set n = 2 where id = 1');
	const others = [
		await waiting('update stock set n = 3 where id = 1'),
		await waiting('update stock set n = 4 where id = 1'),
	];
	const run = await stage.run();
	await run.select(holder.pid);
	await run.press('k');
	const {signal, outcome} = await told(
		run,
		new RegExp(`${holder.pid} ended \\d\\.\\ds after k: 1 went on, 2 wait (?:for|behind) ${first.pid}`),
	);
	expect(signal).toMatchObject({blocks: 3, waitsFor: null, frees: 'up to 1 now'});
	expect(signal.blocked?.toSorted()).toEqual([first, ...others].map(({pid}) => pid).toSorted());
	expect(outcome).toMatchObject({outcome: 'ended'});
	expect(outcome.sentence).toMatch(/^ended \d\.\ds after k: 1 went on, 2 wait (?:for|behind) \d+$/);
	expect(await first.activity()).toMatchObject({state: 'idle in transaction'});
	await letGo(run);
});

test('k on who stands first in the queue for a row: nobody goes on, and the row is still held', async () => {
	const holder = await inTransaction('update stock set n = 1 where id = 2');
	const first = await waiting('update stock set n = 2 where id = 2');
	const second = await waiting('update stock set n = 3 where id = 2');
	const run = await stage.run();
	await run.select(first.pid);
	await run.press('k');
	const {signal} = await told(
		run,
		new RegExp(`${first.pid} ended \\d\\.\\ds after k: nobody went on, 1 waits for ${holder.pid}`),
	);
	expect(signal).toMatchObject({
		blocks: 1,
		blocked: [second.pid],
		waitsFor: holder.pid,
		frees: `0 now: ${holder.pid} has the row`,
	});
});

test('c on a LOCK that waits: the readers behind it go on', async () => {
	await inTransaction('select * from stock');
	const locker = await waiting('lock table stock');
	const behind = await waiting('select * from stock');
	const run = await stage.run();
	await run.select(locker.pid);
	await run.press('c');
	await told(run, new RegExp(`${locker.pid} query ended \\d\\.\\ds after c: aborted, 1 went on`));
	expect(await behind.activity()).toMatchObject({state: 'idle in transaction'});
});

test('c that a savepoint survives says who still waits', async () => {
	const victim = await inTransaction('update stock set n = 1 where id = 3', 'savepoint before');
	const rolledBack = victim
		.start('select pg_sleep(600)')
		.catch(async () => victim.query('rollback to savepoint before'));
	await victim.untilActive();
	await waiting('update stock set n = 2 where id = 3');
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	await told(
		run,
		new RegExp(`${victim.pid} query ended \\d\\.\\ds after c: still in its transaction, blocks 1. k ends it`),
	);
	await rolledBack;
});
