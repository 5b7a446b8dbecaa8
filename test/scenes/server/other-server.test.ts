import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {type Link, nowhere, openLink} from '../../helpers/network/link.js';
import type {Run} from '../../helpers/run.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {goOn, hang} from '../hang.js';
import {asked, setStage, told, untilLookedAt} from '../stage.js';

const stage = setStage();
let other: TestCluster;
let link: Link;

beforeAll(async () => {
	other = await startCluster();
});

afterAll(async () => other?.stop());

beforeEach(async () => {
	link = await openLink(stage.cluster);
});

afterEach(async () => link.close());

/** A program that looks at an open transaction over the link. */
async function aimed(options: Parameters<typeof stage.run>[0] = {}) {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({host: link.host, ...options});
	await run.select(victim.pid);
	return {victim, run};
}

/** The picture is of another server. */
const untilExchanged = async (run: Run, from = run.state().server.instance?.startedAt) =>
	run.until(({server}) => server.pictures > 0 && server.instance?.startedAt !== from);

const isUnknown = /^\d+: not known: another server, or it was restarted\s*$/m;

for (const [name, breakLink, said, isSent] of [
	['was sent', () => {}, /was signalled, not seen to end yet/, true],
	['never arrived', () => link.swallowRequests(), /waiting for the server's answer/, false],
] as const) {
	test(`of a k that ${name} nothing is claimed when the link leads to another server`, async context => {
		const {victim, run} = await aimed();
		if (!hang(victim.pid)) context.skip('the server runs as another user');
		try {
			breakLink();
			await run.press('k');
			await run.says(said);
			link.leadTo(other);
			link.cut();
			const {signal, outcome} = await told(run, isUnknown);
			expect(signal.pid).toBe(victim.pid);
			expect(outcome.outcome).toBe('other server');
			await run.press('L');
			// The sentence may take more than a line.
			expect(run.page().replaceAll(/\s+/g, ' ')).toMatch(/not known: another server, or it was restarted/);
			expect(run.page()).not.toMatch(/ended|gone|still there/);
			// It is alive, and stays so until it is let go.
			expect(await victim.activity()).toMatchObject({state: 'idle in transaction'});
			expect(await stage.logOf(victim.pid)).not.toContain('terminating');

			goOn(victim.pid);
			if (isSent) await victim.untilGone();
			else expect(await victim.query('select 1')).toHaveLength(1);
			expect((await stage.logOf(victim.pid)).includes('terminating connection')).toBe(isSent);
			// No later picture tells anything else.
			const {pictures} = run.state().server;
			await run.until(({server}) => server.pictures > pictures + 1);
			expect((await run.outcomeLines()).at(-1)).toEqual(outcome);
		} finally {
			goOn(victim.pid);
		}
	});
}

test('a second k is the first one of another server: what was said of the first is forgotten', async () => {
	const {victim, run} = await aimed();
	await run.press('p');
	await victim.query('rollback');
	await victim.query('begin');
	await run.press('k');
	await told(run, /has ended that transaction, now idle-tx. k again ends the session/);
	link.leadTo(other);
	link.cut();
	await untilExchanged(run);
	expect(run.state().hand.secondK).toBeUndefined();
	await untilLookedAt(run, ({pid}) => pid === victim.pid);
	await run.press('k');
	await run.says(/this picture is of the server before: p goes on/);
	expect(await run.signalLines()).toHaveLength(1);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test('a question closes when another server answers, although the connection stood', async () => {
	const {victim, run} = await aimed({flags: ['--confirm=always']});
	await asked(run, 'k', /k: end the session of/);
	link.exchange(other);
	await run.says(/this is another server: nothing was sent|another server answers, or it was restarted/);
	expect(run.state().screen.layers[0].type).toBe('table');
	await run.press('y');
	expect(run.status()).toMatch(/y ignored: the question has closed/);
	expect(await run.audit()).toEqual([]);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test('a watch ends when another server answers, although the connection stood', async context => {
	const {victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/was signalled, not seen to end yet/);
		link.exchange(other);
		const {outcome} = await told(run, isUnknown);
		expect(outcome.outcome).toBe('other server');
		expect(await victim.activity()).toBeDefined();
	} finally {
		goOn(victim.pid);
	}
});

for (const [name, change] of [
	[
		'a new connection leads to another server',
		() => {
			link.leadTo(other);
			link.cut();
		},
	],
	['a pooler has exchanged the server', () => link.exchange(other)],
] as const) {
	test(`when ${name} the open details end, and k says why it does nothing`, async () => {
		const {victim, run} = await aimed();
		await run.press('\r');
		await run.until(({screen}) => {
			const [layer] = screen.layers;
			return layer.type === 'details' && layer.inspection !== undefined;
		});
		change();
		await untilExchanged(run);
		expect(run.state().screen.layers[0].type).toBe('table');
		await run.press('k');
		await run.says(new RegExp(`${victim.pid} is of the server before: nothing is known of it`));
		expect(await run.audit()).toEqual([]);
		expect(await victim.query('select 1')).toHaveLength(1);
	});
}

test('on a held picture of the server before k is refused, and the picture stays held', async () => {
	const {victim, run} = await aimed();
	await run.press('p');
	link.leadTo(other);
	link.cut();
	await untilExchanged(run);
	const {rows} = run.state().screen;
	expect(rows.map(({value: backend}) => backend.pid)).toContain(victim.pid);
	await untilLookedAt(run, ({pid}) => pid === victim.pid);
	for (const key of ['k', 'c']) {
		await run.press(key);
		await run.says(/this picture is of the server before: p goes on/);
	}
	expect(run.state().screen.pausedAt).toBeDefined();
	expect(await run.audit()).toEqual([]);
	expect(await victim.query('select 1')).toHaveLength(1);
	await run.press('p');
	await run.until(({screen}) =>
		screen.rows.every(({value: backend, isGone}) => isGone || backend.pid !== victim.pid),
	);
});

test('on a held picture, when a pooler has exchanged the server behind it, nothing is claimed of the session', async () => {
	const {victim, run} = await aimed();
	await run.press('p');
	link.exchange(other);
	await run.press('k');
	const {outcome} = await told(run, /was not signalled: another server answers, or it was restarted/);
	expect(outcome.outcome).toBe('failed');
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test('the same server started anew knows nothing of the session: neither does the screen', async context => {
	const {victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/was signalled, not seen to end yet/);
		link.leadTo(nowhere);
		link.cut();
		goOn(victim.pid);
		await stage.cluster.halt('fast');
		await stage.cluster.start();
		link.leadTo(stage.cluster);
		const {outcome} = await told(run, isUnknown);
		expect(outcome.outcome).toBe('other server');
	} finally {
		goOn(victim.pid);
	}
});
