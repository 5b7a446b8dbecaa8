import {expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {setStage, told, untilAgain, untilLookedAt} from '../stage.js';

const stage = setStage();

/** A program that shows an idle session, and shows nothing newer for as long as the test takes. */
async function shownIdle(holds: 'an interval of 60s' | 'a held picture') {
	const victim = await stage.session();
	const isHeld = holds === 'a held picture';
	const run = await stage.run(isHeld ? {} : {flags: ['--interval=60']});
	await run.select(victim.pid);
	await untilLookedAt(run, ({state}) => state === 'idle');
	if (isHeld) await run.press('p');
	return {victim, run};
}

for (const holds of ['an interval of 60s', 'a held picture'] as const) {
	test(`with ${holds} k on a session shown idle spares the transaction that it has begun since; k again ends it`, async () => {
		const admin = await stage.session({user: 'postgres'});
		await admin.query('create table if not exists orders (id int)');
		await admin.query('grant all on orders to app');
		const {victim, run} = await shownIdle(holds);
		await victim.query('begin');
		await victim.query('insert into orders values (1)');
		await run.press('k');
		const first = await told(run, /has begun a transaction, now idle-tx. k again ends the session/);
		expect(first.signal).toMatchObject({signal: 'terminate', pid: victim.pid, state: 'idle'});
		expect(first.outcome.outcome).toBe('changed');
		expect(await victim.query('select from orders')).toHaveLength(1);
		expect(await stage.logOf(victim.pid)).not.toContain('terminating');

		await untilAgain(run);
		await run.press('k');
		const second = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
		expect(second.signal.id).not.toBe(first.signal.id);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	});
}

test('k on a session shown idle spares the query that it runs by now', async () => {
	const {victim, run} = await shownIdle('a held picture');
	void victim.start('select pg_sleep(600)');
	await victim.untilActive();
	await run.press('k');
	const {outcome} = await told(run, /has begun a transaction, now active \d\.\ds. k again ends the session/);
	expect(outcome.outcome).toBe('changed');
	expect(await victim.activity()).toMatchObject({state: 'active'});
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test('k on a session shown idle that was busy since, and is idle again, ends it at once', async () => {
	const {victim, run} = await shownIdle('a held picture');
	await victim.query('select 1');
	await waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where pid = ${victim.pid} and state = 'idle')`,
	);
	await run.press('k');
	const {outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(outcome.outcome).toBe('ended');
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});
