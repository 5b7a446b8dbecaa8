import {afterAll, expect, test, vi} from 'vitest';
import {lastSentences} from '../../../source/state/signal/sentences.js';
import {limit} from '../../helpers/limit.js';
import {type Link, nowhere, openLink} from '../../helpers/network/link.js';
import type {Run} from '../../helpers/run.js';
import {goOn, hang} from '../hang.js';
import {setStage, told} from '../stage.js';

const stage = setStage({isConcurrent: true});
const links: Link[] = [];

afterAll(async () => {
	for (const link of links) await link.close();
});

async function aimed(text = 'begin') {
	const victim = await stage.session();
	const running = victim.start(text);
	await (text === 'begin' ? running : victim.untilActive());
	const link = await openLink(stage.cluster);
	links.push(link);
	const run = await stage.run({host: link.host});
	await run.select(victim.pid);
	return {link, victim, run};
}

/** No look gets through for so long that nobody can say when it happened. */
const untilUnseen = async (run: Run) =>
	run.until(({server: {signals}}) => {
		const phase = signals[0]?.phase;
		return phase?.type === 'watched' && performance.now() - phase.lastSeenAt > 2000;
	});

for (const [key, text, said, logged] of [
	[
		'k',
		'begin',
		/was gone when looked at, [\d.]+s after k/,
		'terminating connection due to administrator command',
	],
	[
		'c',
		'select pg_sleep(600)',
		/query was over when looked at, [\d.]+s after c: idle now/,
		'canceling statement due to user request',
	],
] as const) {
	test.concurrent(`what ${key} has done while the link was dead is not said to have happened when it was seen`, async context => {
		const {link, victim, run} = await aimed(text);
		if (!hang(victim.pid)) context.skip('the server runs as another user');
		try {
			await run.press(key);
			await run.says(/was signalled, not seen to end yet/);
			link.leadTo(nowhere);
			link.cut();
			goOn(victim.pid);
			await vi.waitFor(async () => expect(await stage.logOf(victim.pid)).toContain(logged), limit);
			await untilUnseen(run);
			link.leadTo(stage.cluster);
			const {outcome} = await told(run, said);
			expect(outcome.outcome).toBe(key === 'k' ? 'ended' : 'query ended');
			expect(outcome.seconds).toBeGreaterThan(2);
			expect(await run.outcomeLines()).toHaveLength(1);
		} finally {
			goOn(victim.pid);
		}
	});
}

test.concurrent('what happened while the link carried nothing for 3s is not said to have happened when it was seen', async context => {
	const {link, victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/was signalled, not seen to end yet/);
		// One that is under way could still see the end.
		await run.until(({server}) => !server.isLooking);
		link.delayRequests(3000);
		goOn(victim.pid);
		await victim.untilGone();
		const {outcome} = await told(run, /was gone when looked at, [\d.]+s after k/);
		expect(outcome.outcome).toBe('ended');
		// The connection has stood all the time.
		expect(run.state().server.link.type).toBe('up');
	} finally {
		goOn(victim.pid);
	}
});

test.concurrent('a session that ends after the 30s of looks is told of by a picture', async context => {
	const {victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/still there after \ds, in Client:ClientRead/);
		await run.until(({server: {signals}}) => {
			const phase = signals[0]?.phase;
			return phase?.type === 'watched' && phase.looks === undefined;
		});
		const {pictures} = run.state().server;
		await run.until(({server}) => server.pictures > pictures + 1);
		expect(run.status()).toMatch(/still there after \d\ds, in Client:ClientRead/);
		goOn(victim.pid);
		const {outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\ds after k`));
		expect(outcome.seconds).toBeGreaterThan(30);
		expect((await run.outcomeLines()).map(line => line.outcome)).toEqual(['still there', 'ended']);
		expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	} finally {
		goOn(victim.pid);
	}
});

test.concurrent('of a signal that has no answer when the program leaves it is written down that nobody knows', async () => {
	const {link, victim, run} = await aimed();
	link.swallowRequests();
	await run.press('k');
	await run.says(/waiting for the server's answer/);
	expect(await run.outcomeLines()).toEqual([]);
	await run.close();
	const [signal] = await run.signalLines();
	expect(await run.outcomeLines()).toMatchObject([
		{id: signal?.id, pid: victim.pid, outcome: 'not known', sentence: 'may or may not have been signalled'},
	]);
	expect(lastSentences(run.state())).toEqual([`${victim.pid} may or may not have been signalled`]);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test.concurrent('of a session that was not seen to end when the program leaves no more than that is written down', async context => {
	const {victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/was signalled, not seen to end yet/);
		await run.close();
		expect(await run.outcomeLines()).toMatchObject([
			{pid: victim.pid, outcome: 'not seen', sentence: 'was signalled, not seen to end'},
		]);
		expect(lastSentences(run.state())).toEqual([`${victim.pid} was signalled, not seen to end`]);
	} finally {
		goOn(victim.pid);
	}
});
