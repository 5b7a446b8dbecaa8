import {expect, test, vi} from 'vitest';
import type {Snapshot} from '../../source/domain/server/snapshot.js';
import {limit} from '../helpers/limit.js';
import {waitUntil} from '../helpers/session/session.js';
import {outcomeOf} from '../helpers/state/outcome-of.js';
import {goOn, hang} from './hang.js';
import {answerYes, setStage, told} from './stage.js';

const stage = setStage({isConcurrent: true});

test.concurrent('a session that has the pid of the one that was looked at is left alone', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	// On the screen is a session that began a second earlier and had the same pid.
	const showing = (snapshot: Snapshot) => ({
		...snapshot,
		backends: snapshot.backends.map(backend =>
			backend.pid === victim.pid
				? {...backend, backendStart: (backend.backendStart ?? 0) - 1_000_000}
				: backend,
		),
	});
	const run = await stage.run({showing});
	await run.select(victim.pid);
	await run.press('k');
	const {signal, outcome} = await told(run, /had ended already and its pid is another session's now/);
	expect(signal.pid).toBe(victim.pid);
	expect(outcome.outcome).toBe('had ended already');
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test.concurrent('a session that ended after the last picture had ended already', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('p');
	await victim.end();
	await victim.untilGone();
	await run.press('k');
	const {outcome} = await told(run, new RegExp(`${victim.pid} had ended already`));
	expect(outcome.outcome).toBe('had ended already');
});

test.concurrent('a session that hangs is still there after 5s, and is seen to end when it goes on', async context => {
	const victim = await stage.session();
	await victim.query('begin');
	await waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where pid = ${victim.pid} and wait_event = 'ClientRead')`,
	);
	if (!hang(victim.pid)) context.skip('the server runs as another user');

	try {
		const run = await stage.run();
		await run.select(victim.pid);
		await run.press('k');
		await run.says(new RegExp(`${victim.pid} was signalled, not seen to end yet`));
		await run.says(new RegExp(`${victim.pid} still there after \\d+s, in Client:ClientRead`));
		await vi.waitFor(async () => expect(await run.outcomeLines()).toHaveLength(1), limit);
		await run.press('L');
		expect(run.page().replaceAll(/\s+/g, ' ')).toContain(
			'nothing harder than k in SQL, and kill -9 restarts the whole server',
		);
		await run.press('\u001B');
		expect(await stage.logOf(victim.pid)).not.toContain('terminating');

		goOn(victim.pid);
		await run.until(({server}) => outcomeOf(server.signals[0]) === 'ended');
		const [first, last] = await run.outcomeLines();
		expect(first).toMatchObject({outcome: 'still there'});
		expect(first?.sentence).toMatch(/^still there after \d+s, in Client:ClientRead$/);
		const sentence = async () => (await run.outcomeLines()).at(-1)?.sentence;
		await vi.waitFor(async () => expect(await sentence()).toMatch(/^ended [\d.]+s after k$/), limit);
		expect(last?.id ?? first?.id).toBe(first?.id);
		expect(await run.outcomeLines()).toHaveLength(2);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	} finally {
		goOn(victim.pid);
	}
});

test.concurrent('a query that does not give way to c is still running after 5s, and k is named', async context => {
	const victim = await stage.session();
	void victim.start('select pg_sleep(600)');
	await victim.untilActive();
	if (!hang(victim.pid)) context.skip('the server runs as another user');

	try {
		const run = await stage.run();
		await run.select(victim.pid);
		await run.press('c');
		await run.says(new RegExp(`${victim.pid} was signalled, not seen to end yet`));
		await run.says(/still running, in Timeout:PgSleep\. k ends it/);
		goOn(victim.pid);
		const {outcome} = await told(run, /query ended [\d.]+s after c: idle now/);
		expect(outcome.seconds).toBeGreaterThan(5);
		expect((await run.outcomeLines()).map(line => line.outcome)).toEqual(['still there', 'query ended']);
	} finally {
		goOn(victim.pid);
	}
});

test.concurrent('c and k on the same session are two signals with two outcomes', async () => {
	const victim = await stage.session();
	void victim.start('select pg_sleep(600)');
	await victim.untilActive();
	const run = await stage.run({flags: ['--confirm=always']});
	await run.select(victim.pid);
	await answerYes(run, 'c', /c: cancel the query of/);
	const cancelled = await told(run, /query ended [\d.]+s after c: idle now/);
	await answerYes(run, 'k', /k: end the session of/);
	const ended = await told(run, new RegExp(`${victim.pid} ended [\\d.]+s after k`));
	expect(ended.signal.id).not.toBe(cancelled.signal.id);
	expect((await run.audit()).map(({event}) => event)).toEqual(['signal', 'outcome', 'signal', 'outcome']);
});
