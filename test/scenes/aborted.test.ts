import {expect, test} from 'vitest';
import {asked, letGo, setStage, told} from './stage.js';

const stage = setStage();

async function aborted() {
	const victim = await stage.session();
	await victim.query('begin');
	await victim.query('select 1/0').catch(() => {});
	return victim;
}

test('c on an aborted transaction has nothing to cancel and sends nothing; k ends it', async () => {
	const victim = await aborted();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	await run.says(/nothing to cancel: transaction aborted for .*k ends the session/);
	expect(await run.audit()).toEqual([]);
	await run.press('k');
	const {signal, outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({
		signal: 'terminate',
		state: 'idle in transaction (aborted)',
		query: 'select 1/0',
	});
	expect(outcome.outcome).toBe('ended');
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});

for (const [name, begin] of [
	['aborted', aborted],
	[
		'open',
		async () => {
			const victim = await stage.session();
			await victim.query('begin');
			return victim;
		},
	],
] as const) {
	test(`k on an ${name} transaction that is over when the server gets it is not sent; k again within 5s ends the session`, async () => {
		const victim = await begin();
		const run = await stage.run();
		await run.select(victim.pid);
		// Between two pictures: what was looked at is over before the key reaches the server.
		await run.press('p');
		await run.until(({screen}) => screen.pausedAt !== undefined);
		await victim.query('rollback');
		await victim.query('begin');
		await run.press('k');
		const first = await told(run, /has ended that transaction, now idle.*k again ends/);
		expect(first.outcome.outcome).toBe('changed');
		expect(await victim.query('select 1')).toHaveLength(1);
		expect(await stage.logOf(victim.pid)).not.toContain('terminating');
		await letGo(run);
		await run.press('k');
		const second = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
		expect(second.signal.id).not.toBe(first.signal.id);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection');
	});
}

test('k again later than 5s after that is held back again', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('p');
	await victim.query('rollback');
	await victim.query('begin');
	await run.press('k');
	await told(run, /has ended that transaction/);
	await run.until(({screen}) => performance.now() > (screen.again?.until ?? Infinity));
	await run.press('k');
	await expect
		.poll(async () => (await run.outcomeLines()).map(({outcome}) => outcome))
		.toEqual(['changed', 'changed']);
	expect(await victim.query('select 1')).toHaveLength(1);
});

test('on a held picture k on an idle session that has begun a transaction since is not sent', async () => {
	const victim = await stage.session();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('p');
	await victim.query('begin');
	await run.press('k');
	const {outcome} = await told(run, /has begun a transaction, now idle.*k again ends/);
	expect(outcome.outcome).toBe('changed');
	expect(await victim.query('select 1')).toHaveLength(1);
});

test('a session that was idle when it was asked about, and has begun a transaction since, is not ended by y', async () => {
	const victim = await stage.session();
	const run = await stage.run({settings: {confirm: 'always'}});
	await run.select(victim.pid);
	await asked(run, 'k', /k: end the session of/);
	await victim.query('begin');
	// Longer than two refreshes: what the question shows is old, although the picture behind it is not.
	const opened = performance.now();
	await run.until(({server}) => performance.now() - opened > 2000 && server.link.type === 'up');
	await run.press('y');
	await run.says(/nothing was sent|has begun a transaction|ended \d\.\ds after k/);
	expect(await victim.query('select 1').catch(() => 'ended')).toHaveLength(1);
});

test('a question about an aborted transaction closes when that is over', async () => {
	const victim = await aborted();
	const run = await stage.run({settings: {confirm: 'always'}});
	await run.select(victim.pid);
	await asked(run, 'k', /k: end the session of/);
	await victim.query('rollback');
	await run.says(/has ended that transaction: nothing was sent/, 3000);
	expect(await run.audit()).toEqual([]);
});

test('a held key ends one session once', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run();
	await run.select(victim.pid);
	for (let count = 0; count < 5; count++) await run.press('k');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await run.signalLines()).toHaveLength(1);
});
