import {expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import {endOf} from '../../helpers/session/scene.js';
import {setStage, told, untilAgain} from '../stage.js';

const stage = setStage({isConcurrent: true});

async function aborted() {
	const victim = await stage.session();
	await victim.query('begin');
	expect(await endOf(victim, 'select 1/0')).toBe('22012');
	return victim;
}

test.concurrent('c on an aborted transaction has nothing to cancel and sends nothing; k ends it', async () => {
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
	test.concurrent(`k on an ${name} transaction that is over when the server gets it is not sent; k again ends the session`, async () => {
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
		await untilAgain(run);
		await run.press('k');
		const second = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
		expect(second.signal.id).not.toBe(first.signal.id);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection');
	});
}

test.concurrent('k again later than 10s after that is held back again', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('p');
	await victim.query('rollback');
	await victim.query('begin');
	await run.press('k');
	await told(run, /has ended that transaction/);
	await run.until(({hand}) => performance.now() - (hand.secondK?.drawnAt ?? Infinity) > 10_000);
	await run.press('k');
	const outcomes = async () => (await run.outcomeLines()).map(({outcome}) => outcome);
	await vi.waitFor(async () => expect(await outcomes()).toEqual(['changed', 'changed']), limit);
	expect(await victim.query('select 1')).toHaveLength(1);
});

test.concurrent('a held key ends one session once', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run();
	await run.select(victim.pid);
	for (let count = 0; count < 5; count++) await run.press('k');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await run.signalLines()).toHaveLength(1);
});
