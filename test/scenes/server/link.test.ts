import {afterEach, beforeEach, expect, test} from 'vitest';
import {lastSentences} from '../../../source/state/signal/sentences.js';
import {type Link, openLink} from '../../helpers/network/link.js';
import {goOn, hang} from '../hang.js';
import {setStage, told} from '../stage.js';

const stage = setStage();
let link: Link;

beforeEach(async () => {
	link = await openLink(stage.cluster);
});

afterEach(async () => link.close());

async function aimed() {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({host: link.host});
	await run.select(victim.pid);
	return {victim, run};
}

const isUntouched = {state: 'idle in transaction'};

test('a signal that the link delivers after more than 3s takes no effect, and is said to be too late', async () => {
	const {victim, run} = await aimed();
	link.delayRequests(3500);
	await run.press('k');
	await run.says(/waiting for the server's answer/);
	const {signal, outcome} = await told(run, /was not signalled: the server got it [\d.]+s after the key/);
	expect(signal).toMatchObject({signal: 'terminate', pid: victim.pid});
	expect(outcome.outcome).toBe('too late');
	expect(await victim.activity()).toMatchObject(isUntouched);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toMatch(/terminating/);
	await run.press('L');
	expect(run.page()).toContain('after 3s a key must not take effect any more');
});

test('the connection breaks before the answer: nobody knows, until the session is seen to be gone', async () => {
	const {victim, run} = await aimed();
	link.swallowAnswers();
	await run.press('k');
	await victim.untilGone();
	expect(run.status()).toBe(`${victim.pid}: waiting for the server's answer`);
	link.cut();
	await run.says(/lost \d+s ago|may or may not/);
	const {signal, outcome} = await told(run, /may or may not have been signalled: it is gone now/);
	expect(signal.pid).toBe(victim.pid);
	expect(outcome.outcome).toBe('not known');
	expect((await run.outcomeLines())[0]?.sentence).toBe('may or may not have been signalled');
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});

test('the connection breaks before the signal reached the server: the session is seen to be still there', async () => {
	const {victim, run} = await aimed();
	link.swallowRequests();
	await run.press('k');
	await run.says(/waiting for the server's answer/);
	link.cut();
	const {outcome} = await told(run, /may or may not have been signalled: it is still there/);
	expect(outcome.outcome).toBe('not known');
	expect(await victim.activity()).toMatchObject(isUntouched);
	expect(await stage.logOf(victim.pid)).not.toMatch(/terminating/);
	expect(lastSentences(run.state())).toEqual([
		`${victim.pid} may or may not have been signalled: it is still there`,
	]);
});

test('a signal that the server took is watched on after the connection was lost', async context => {
	const {victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/was signalled, not seen to end yet/);
		link.cut();
		await run.until(({server}) => server.link.type !== 'up');
		const lostAt = performance.now();
		// Seen once more: after too long without a look nobody can say when it ended.
		await run.until(({server: {signals}}) => {
			const phase = signals[0]?.phase;
			return phase?.type === 'watched' && phase.lastSeenAt > lostAt;
		});
		goOn(victim.pid);
		const {outcome} = await told(run, new RegExp(`${victim.pid} ended [\\d.]+s after k`));
		expect(outcome.outcome).toBe('ended');
		expect(await run.outcomeLines()).toHaveLength(1);
	} finally {
		goOn(victim.pid);
	}
});

test('a cancel without an answer: after the reconnect its query is seen to have ended, not that c did it', async () => {
	const victim = await stage.session();
	const failure = victim.start('select pg_sleep(600)').catch((error: unknown) => error);
	await victim.untilActive();
	const run = await stage.run({host: link.host});
	await run.select(victim.pid);
	link.swallowAnswers();
	await run.press('c');
	expect(await failure).toMatchObject({code: '57014'});
	link.cut();
	const {outcome} = await told(run, /may or may not have been signalled: its query has ended/);
	expect(outcome.outcome).toBe('not known');
});

test('q while a signal has no answer waits 3s at most, and leaves a sentence about it', async () => {
	const {victim, run} = await aimed();
	link.swallowRequests();
	await run.press('k');
	await run.says(/waiting for the server's answer/);
	const pressed = performance.now();
	await run.press('q');
	expect(run.hasQuit()).toBe(false);
	await run.until(() => run.hasQuit());
	expect(performance.now() - pressed).toBeGreaterThan(2900);
	expect(lastSentences(run.state())).toEqual([`${victim.pid} may or may not have been signalled`]);
	expect(await run.outcomeLines()).toEqual([]);
});

test('q while a signal has no answer says that it waits; q again leaves at once', async () => {
	const {run} = await aimed();
	link.swallowRequests();
	await run.press('k');
	await run.press('q');
	await run.says(/waiting for the server's answer, 3s at most: q again leaves at once/);
	expect(run.hasQuit()).toBe(false);
	await run.press('q');
	expect(run.hasQuit()).toBe(true);
});

test('q while a signal has no answer leaves as soon as the answer comes', async () => {
	const {victim, run} = await aimed();
	link.delayRequests(1000);
	await run.press('k');
	await run.press('q');
	expect(run.hasQuit()).toBe(false);
	await run.until(() => run.hasQuit());
	await victim.untilGone();
	// It was not looked at any more, so more than that it was signalled is not said.
	expect(lastSentences(run.state())).toEqual([`${victim.pid} was signalled, not seen to end`]);
});
