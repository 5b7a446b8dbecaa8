import pg from 'pg';
import {expect, test} from 'vitest';
import {letGo, setStage, told, untilLookedAt} from '../stage.js';

const stage = setStage();

const isActive = ({state}: {readonly state?: string}) => state === 'active';

test('c never cancels the next query of a session that sends one short query after the other', async () => {
	const victim = await stage.session();
	let isOver = false;
	let queries = 0;
	const loop = (async () => {
		for (; !isOver; queries++) await victim.query('select pg_sleep(0.02)');
	})();
	const run = await stage.run();
	await run.select(victim.pid);

	const cancelOnce = async (pattern: RegExp) => {
		const sent = () => run.state().server.signals.length;
		const before = sent();
		while (sent() === before) {
			await letGo(run);
			await untilLookedAt(run, isActive);
			await run.press('c');
			await run.until(({hand}) => hand.armed === undefined);
		}
		return told(run, pattern);
	};
	const first = await cancelOnce(
		/runs another query now, not cancelled|has ended that query, idle now: nothing to cancel/,
	);
	expect(first.outcome.outcome).toBe('changed');
	const second = await cancelOnce(new RegExp(`${victim.pid} sends short queries: k ends the session`));
	expect(second.outcome.outcome).toBe('changed');

	const before = queries;
	await expect.poll(() => queries).toBeGreaterThan(before);
	isOver = true;
	await loop;
	expect(await stage.logOf(victim.pid)).not.toContain('canceling statement');
	await run.press('L');
	expect(run.page()).toContain('what was looked at had ended before the server got the signal');
});

test('several statements in one message are one query: c ends them all', async () => {
	const victim = await stage.session();
	// The last one does not end before c.
	const text = [...Array.from({length: 200}, () => 'select pg_sleep(0.05)'), 'select pg_sleep(600)'].join(
		'; ',
	);
	const failure = victim.start(text).catch((error: unknown) => error);
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	const {signal, outcome} = await told(run, /query ended \d\.\ds after c: idle now/);
	expect(signal.query).toContain('select pg_sleep(0.05); select');
	expect(outcome.outcome).toBe('query ended');
	expect(await failure).toMatchObject({code: '57014'});
});

/** A driver that fetches a cursor in pieces, in a transaction; after an error it may hold back the Sync that goes on. */
async function fetching(sends: 'sync' | 'nothing') {
	const victim = await stage.session();
	await victim.query('begin');
	const config = {text: 'select pg_sleep(0.02) from generate_series(1, 100000)', rows: 3};
	const query = new pg.Query(config);
	const failure = new Promise<unknown>(resolve => query.once('error', resolve));
	victim.client.query(query);
	if (sends === 'sync') void failure.then(() => victim.client.connection.sync());
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	const start = () => run.state().server.snapshot?.backends.find(({pid}) => pid === victim.pid)?.queryStart;
	const seen = start();
	await run.until(() => start() !== seen);
	return {victim, failure, run, text: config.text};
}

test('a cursor that a driver fetches in pieces is cancelled, although every piece starts its clock anew', async () => {
	const {victim, failure, run, text} = await fetching('sync');
	await run.press('c');
	const {signal, outcome} = await told(
		run,
		/query ended \d\.\ds after c: transaction aborted, locks released/,
	);
	expect(signal.query).toBe(text);
	expect(outcome.outcome).toBe('query ended');
	expect(await failure).toMatchObject({code: '57014'});
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
});

test('a session that is active only because its driver has not gone on after the error is not said to run a next query', async () => {
	const {victim, failure, run} = await fetching('nothing');
	await run.press('c');
	const {outcome} = await told(run, /query ended \d\.\ds after c: its client has not gone on/);
	expect(outcome.outcome).toBe('query ended');
	expect(await failure).toMatchObject({code: '57014'});
	expect(await victim.activity()).toMatchObject({state: 'active', wait_event: 'ClientRead'});
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
	await run.press('L');
	expect(run.page()).toContain('the driver holds back its Sync');
});
