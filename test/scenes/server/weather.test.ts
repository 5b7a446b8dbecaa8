import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Link, openLink} from '../../helpers/network/link.js';
import {setStage, told} from '../stage.js';

const stage = setStage();
let link: Link;

beforeEach(async () => {
	link = await openLink(stage.cluster, {isTcp: true});
});

afterEach(async () => link.close());

async function watched() {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({host: link.host, port: link.port});
	const losses: string[] = [];
	return {
		victim,
		run,
		/** Why the connection was lost, each time, once `done` has come. */
		async lossesUntil(done: () => Promise<unknown>) {
			let isOver = false;
			let isDown = false;
			const watching = run.until(({server: {link: now}}) => {
				if (now.type !== 'up' && !isDown) losses.push(now.why);
				isDown = now.type !== 'up';
				return isOver;
			});
			await done();
			isOver = true;
			await watching;
			return losses;
		},
	};
}

test('over a link of 200ms that loses every twentieth packet pictures come, and k is answered', async () => {
	const {victim, run, lossesUntil} = await watched();
	link.weather({delay: 100, loss: {every: 20, pause: 400}});
	const losses = await lossesUntil(async () => {
		const {pictures} = run.state().server;
		await run.until(({server}) => server.pictures > pictures + 2);
		await run.select(victim.pid);
		await run.press('k');
		const {outcome} = await told(
			run,
			new RegExp(`${victim.pid} (?:ended|was gone when looked at, ).*after k`),
		);
		expect(outcome.outcome).toBe('ended');
	});
	expect(losses).toEqual([]);
	expect(link.connections()).toBe(1);
	expect(run.state().server.failures).toBe(0);
});

test.each([
	['a message ends in its middle', {how: 'truncate', after: 1003}, /closed the connection/],
	[
		'the type of a message has become another',
		{how: 'corrupt', after: 0, to: 0x21},
		/does not speak PostgreSQL's protocol/,
	],
	[
		'the length of a message has become another',
		{how: 'corrupt', after: 1, to: 0x7f},
		/does not speak PostgreSQL's protocol|more than 16 MB/,
	],
	['the connection is reset', {how: 'reset', after: 1003}, /closed the connection/],
] as const)('when %s one sentence says why, and the next connection shows all', async (_, harm, why) => {
	const {victim, run, lossesUntil} = await watched();
	const losses = await lossesUntil(async () => {
		link.harm(harm);
		await run.until(({server}) => server.link.type !== 'up');
		expect(run.status()).toMatch(/^lost \d+s ago, (?:next try in \d+s|trying now): /);
		await run.until(({server}) => server.link.type === 'up' && server.pictures > 1);
	});
	expect(losses).toEqual([expect.stringMatching(why)]);
	expect(run.state().screen.rows.some(({value, isGone}) => value.pid === victim.pid && !isGone)).toBe(true);
	expect(link.connections()).toBe(2);
});

test('however often the connection breaks, there is one session on the server, and it ends with the program', async () => {
	const {run} = await watched();
	const ours = "select pid from pg_stat_get_activity(null) where application_name = 'pgtop'";
	const count = async () => (await stage.cluster.observe(ours)).length;
	for (let cuts = 1; cuts <= 4; cuts++) {
		link.cut();
		await run.until(
			({server}) => server.link.type === 'up' && server.pictures > 0 && link.connections() > cuts,
		);
	}

	// One try, one session: none was opened beside another. The server needs a moment to see that one has gone.
	expect(link.connections()).toBe(5);
	await expect.poll(count).toBe(1);
	await run.close();
	await expect.poll(count).toBe(0);
});
