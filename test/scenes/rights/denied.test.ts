import {expect, test} from 'vitest';
import {answerYes, asked, setStage, told, untilLookedAt} from '../stage.js';

const stage = setStage({isConcurrent: true});

const reason = /Only roles with|must be a (member|superuser)/;

const unverifiable = /without pg_read_all_stats neither a reused pid nor its next query can be told/;

test.concurrent('a plain role is asked first, because it sees nothing of the session, and then told which GRANT it needs', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	for (const key of ['c', 'k'] as const) {
		const run = await stage.run({user: 'plain'});
		await run.select(victim.pid);
		const question = await answerYes(run, key, unverifiable);
		expect(question).toContain('state ?');
		const {signal, outcome} = await told(run, /was not signalled: needs GRANT pg_signal_backend TO "plain"/);
		expect(signal).toMatchObject({role: 'plain', pid: victim.pid, user: 'app', state: null});
		expect(outcome.outcome).toBe('denied');
		await run.press('L');
		expect(run.page()).toMatch(reason);
	}
	expect(await victim.activity()).toMatchObject({state: 'idle in transaction'});
	expect(await stage.logOf(victim.pid)).not.toMatch(/terminating|canceling/);
});

test.concurrent("a superuser's session is out of reach of every role: that is said, and no GRANT is named", async () => {
	const victim = await stage.session({user: 'postgres'});
	void victim.start('select pg_sleep(600)');
	await victim.untilActive();
	for (const key of ['c', 'k'] as const) {
		const run = await stage.run({user: 'monsig'});
		await run.select(victim.pid);
		await run.press(key);
		const {signal, outcome} = await told(run, /was not signalled: superuser only: nobody here can/);
		expect(signal).toMatchObject({role: 'monsig', user: 'postgres', state: 'active'});
		expect(outcome.outcome).toBe('denied');
		await run.press('L');
		expect(run.page()).toMatch(reason);
		expect(run.page()).not.toContain('GRANT');
	}
	expect(await victim.activity()).toMatchObject({state: 'active'});
	expect(await stage.logOf(victim.pid)).not.toMatch(/terminating|canceling/);
});

test.concurrent('a role that may signal but not see ends a session after the question, and sees that it ended', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({user: 'sig'});
	await run.select(victim.pid);
	await answerYes(run, 'k', unverifiable);
	const {outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(outcome.outcome).toBe('ended');
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});

test.concurrent('a role that may signal but not see does not claim that a query ended: none ran', async () => {
	const victim = await stage.session();
	const run = await stage.run({user: 'sig'});
	await run.select(victim.pid);
	await answerYes(run, 'c', unverifiable);
	await run.until(({server}) => server.signals.some(({phase}) => phase.type !== 'asked'));
	await run.until(({server}) =>
		server.signals.some(({phase}) => phase.type !== 'watched' || (phase.looks ?? 9) >= 3 || phase.sighting),
	);
	expect(await victim.activity()).toMatchObject({state: 'idle'});
	expect(run.status()).not.toContain('query ended');
	expect(JSON.stringify(await run.outcomeLines())).not.toContain('query ended');
});

test.concurrent('--confirm never still asks where a session can not be told from the next one', async () => {
	const victim = await stage.session();
	const run = await stage.run({user: 'sig', flags: ['--confirm=never']});
	await run.select(victim.pid);
	await asked(run, 'k', unverifiable);
	expect(await run.audit()).toEqual([]);
	await run.press('n');
	expect(await victim.query('select 1')).toHaveLength(1);
});

test.concurrent('what a role can not be told of a session that ended is not made up: it had ended already', async () => {
	const victim = await stage.session();
	const run = await stage.run({user: 'plain'});
	await run.select(victim.pid);
	await run.press('p');
	await untilLookedAt(run, ({pid}) => pid === victim.pid);
	await victim.end();
	await victim.untilGone();
	await run.press('k');
	await run.says(new RegExp(`${victim.pid} had ended already`));
	expect(await run.audit()).toEqual([]);
});
