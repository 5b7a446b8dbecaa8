import {expect, test} from 'vitest';
import {goOn, hang} from '../hang.js';
import {answerYes, letGo, setStage, told} from '../stage.js';

const stage = setStage({isConcurrent: true});

/** A session in a transaction that runs a query, after these statements. */
async function running(...texts: readonly string[]) {
	const victim = await stage.session();
	for (const text of texts) await victim.query(text);
	const failure = victim.start('select pg_sleep(600)').catch((error: unknown) => error);
	await victim.untilActive();
	return {victim, failure};
}

const locksOf = async (pid: number) =>
	stage.cluster.observe(`select locktype from pg_locks where pid = ${pid} and granted`);

test.concurrent('c on a transaction with a session-level advisory lock: that one is kept, and who waits for it goes on waiting', async () => {
	const {victim, failure} = await running('begin', 'select pg_advisory_lock(42)');
	const waiter = await stage.session();
	void waiter.start('select pg_advisory_lock(42)');
	await waiter.untilBlocked();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	const says = new RegExp(`query ended \\d\\.\\ds after c: aborted, holds 1 lock, 1 waits for ${victim.pid}`);
	const {outcome} = await told(run, says);
	expect(outcome.outcome).toBe('query ended');
	expect(await failure).toMatchObject({code: '57014'});
	expect(await locksOf(victim.pid)).toEqual([{locktype: 'advisory'}]);
	expect(await waiter.activity()).toMatchObject({wait_event_type: 'Lock'});
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
});

test.concurrent('c on a transaction whose advisory lock ends with it has its locks released', async () => {
	const {victim, failure} = await running('begin', 'select pg_advisory_xact_lock(43)');
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	await told(run, /query ended \d\.\ds after c: transaction aborted, locks released/);
	expect(await failure).toMatchObject({code: '57014'});
	expect(await locksOf(victim.pid)).toEqual([]);
});

test.concurrent('a query that swallows the cancel and succeeds has ended, and is nowhere said to have been cancelled', async () => {
	const victim = await stage.session();
	const result = victim.start(
		"do $$ begin perform pg_sleep(600); exception when sqlstate '57014' then null; end $$",
	);
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	const {outcome} = await told(run, /query ended \d\.\ds after c: idle now/);
	expect(outcome.outcome).toBe('query ended');
	await expect(result).resolves.toBeUndefined();
	expect(await stage.logOf(victim.pid)).not.toContain('canceling');
	await run.press('L');
	for (const text of [run.page(), run.bottom(), JSON.stringify(await run.audit())])
		expect(text).not.toMatch(/cancell?ed/);
});

test.concurrent('c on a session that hangs, then k: what ended it is not put down to c', async context => {
	const {victim} = await running();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		const run = await stage.run({flags: ['--confirm=always']});
		await run.select(victim.pid);
		await answerYes(run, 'c', /c: cancel the query of/);
		await run.says(/was signalled, not seen to end yet/);
		await letGo(run);
		await answerYes(run, 'k', /k: end the session of/);
		await run.until(({server}) => server.signals.filter(({phase}) => phase.type !== 'asked').length === 2);
		expect(await stage.logOf(victim.pid)).not.toMatch(/canceling|terminating/);
		goOn(victim.pid);
		const {signal} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
		const [first] = await run.signalLines();
		const outcomes = await run.outcomeLines();
		expect(outcomes.map(({id, outcome}) => [id, outcome])).toEqual([
			[first?.id, 'ended by k'],
			[signal.id, 'ended'],
		]);
		expect(outcomes[0]?.sentence).toMatch(/^not seen to end in \d+s, then k$/);
		await run.press('L');
		expect(run.page().replaceAll(/\s+/g, ' ')).toMatch(/c \d+ .*: not seen to end in \d+s, then k/);
		expect(run.page()).not.toMatch(/after c/);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	} finally {
		goOn(victim.pid);
	}
});
