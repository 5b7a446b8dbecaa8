import {expect, test} from 'vitest';
import {openLink} from '../../helpers/network/link.js';
import {answerTooSoon, asked, setStage, told, untilLookedAt, untilSoonEnough} from '../stage.js';

const stage = setStage({isConcurrent: true});

const question = /k: end the session of/;

async function openTransaction() {
	const victim = await stage.session();
	await victim.query('begin');
	return victim;
}

/** A program that asks about an open transaction; nothing may have been sent when the test is over. */
async function asking(options: Parameters<typeof stage.run>[0] = {}) {
	const victim = await openTransaction();
	const run = await stage.run({...options, flags: ['--confirm=always']});
	await run.select(victim.pid);
	return {victim, run};
}

test.concurrent('--read-only says so and sends nothing', async () => {
	const victim = await openTransaction();
	const run = await stage.run({flags: ['--read-only']});
	await run.select(victim.pid);
	for (const key of ['c', 'k']) {
		await run.press(key);
		await run.says(/read-only: pgtop was started with --read-only and sends no signals/);
	}
	expect(await run.audit()).toEqual([]);
	expect(await victim.query('select 1')).toHaveLength(1);
});

test.concurrent('--confirm always asks about an ordinary session; y ends it', async () => {
	const {victim, run} = await asking();
	expect(await asked(run, 'k', question)).toContain('app@appdb  test  idle-tx');
	expect(await run.audit()).toEqual([]);
	await run.press('y');
	const {signal} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(signal.pid).toBe(victim.pid);
});

for (const key of ['k', 'c', 'n', 'q', '\u0003', '\u001B[B', 'Y']) {
	test.concurrent(`in a question ${JSON.stringify(key)} is no`, async () => {
		const {victim, run} = await asking();
		await asked(run, 'k', question);
		await run.press(key);
		await run.says(new RegExp(`k: no, nothing was sent to ${victim.pid}`));
		expect(run.state().screen.layers[0].type).toBe('table');
		expect(run.hasQuit()).toBe(false);
		expect(await run.audit()).toEqual([]);
	});
}

test.concurrent('a y earlier than 500 ms after the question was drawn is ignored, and that is said', async () => {
	const {victim, run} = await untilSoonEnough(async () => {
		const {victim, run} = await asking();
		await run.press('k');
		await run.says(question);
		return (await answerTooSoon(run)) ? {victim, run} : undefined;
	});
	expect(run.bottom()).toMatch(/y ignored: the question was not on the screen long enough, press it again/);
	expect(run.bottom()).toMatch(question);
	expect(await run.audit()).toEqual([]);
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && performance.now() - (layer.drawnAt ?? Infinity) > 500;
	});
	await run.press('y');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
});

test.concurrent('a question about a query closes with no when the query is over', async () => {
	// It is over when the question is open, however long that takes.
	const keeper = await stage.session();
	await keeper.query('select pg_advisory_lock(1)');
	const victim = await stage.session();
	const run = await stage.run({flags: ['--confirm=always']});
	await run.select(victim.pid);
	const over = victim.start('select pg_advisory_xact_lock(1)');
	await untilLookedAt(run, ({state}) => state === 'active');
	await asked(run, 'c', /c: cancel the query of/);
	await keeper.query('select pg_advisory_unlock(1)');
	await over;
	await run.says(/nothing was sent/);
	expect(await run.audit()).toEqual([]);
});

test.concurrent('a question closes with no when its session has ended', async () => {
	const {victim, run} = await asking();
	await asked(run, 'k', question);
	await victim.end();
	await run.says(new RegExp(`${victim.pid} has ended: nothing was sent`));
	expect(await run.audit()).toEqual([]);
});

test.concurrent('a question closes with no when the connection is lost', async () => {
	const link = await openLink(stage.cluster);
	try {
		const {victim, run} = await asking({host: link.host});
		await asked(run, 'k', question);
		link.cut();
		await run.until(({screen}) => screen.layers[0].type === 'table');
		await run.says(/the connection was lost: nothing was sent/);
		expect(await run.audit()).toEqual([]);
		expect(await victim.query('select 1')).toHaveLength(1);
	} finally {
		await link.close();
	}
});

test.concurrent('while the connection is lost c and k are refused', async () => {
	const link = await openLink(stage.cluster);
	const victim = await openTransaction();
	const run = await stage.run({host: link.host});
	await run.select(victim.pid);
	await link.close();
	await run.says(/lost \d+s ago/);
	await run.press('k');
	expect(run.state().status.note?.text).toBe('not connected: nothing can be signalled');
	expect(await run.audit()).toEqual([]);
});

test.concurrent('with the details open k asks, because there it scrolls up in a pager', async () => {
	const victim = await openTransaction();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('\r');
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'details' && layer.inspection !== undefined;
	});
	await asked(run, 'k', /the details are open/);
	await run.press('k');
	await run.says(/k: no, nothing was sent/);
	expect(run.state().screen.layers[0].type).toBe('details');
	expect(await run.audit()).toEqual([]);
});
