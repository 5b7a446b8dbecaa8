import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Answer} from '../../../../../source/domain/signal/look.js';
import {startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {fewServers, newest} from '../../../../helpers/server/servers.js';
import {codeOf, logOf, openPgtop, orderOn, visit, visitRunning} from '../../../../helpers/session/scene.js';

const signals = ['cancel', 'terminate'] as const;

const functions = {cancel: 'pg_cancel_backend', terminate: 'pg_terminate_backend'} as const;

/** How the function of a signal is called, in whatever way. */
const calls = /pg_(?:cancel|terminate)_backend\s*\(/;

const unsentOf = (answer: Answer) => ('unsent' in answer ? (answer.unsent ?? '') : '');

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(`
			create role logged login superuser;
			alter role logged set log_statement = 'all'`);
	});

	afterAll(async () => cluster?.stop());

	/** All that the server is told while this runs. */
	async function toldWhile<Value>(run: () => Promise<Value>) {
		const before = (await logOf(cluster)).length;
		const value = await run();
		return {value, told: (await logOf(cluster)).slice(before)};
	}

	test.each(signals)('%s: the guard is asked, and no function that signals', async signal => {
		const pgtop = await openPgtop(cluster, {user: 'logged'}, {signals: 'dry'});
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		const {value, told} = await toldWhile(() => pgtop.signal(order));
		expect(value).toMatchObject({type: 'answered', sent: true, held: [], seen: {state: 'active'}});
		expect(value).not.toHaveProperty('warning');
		expect(told).toContain('/* tester@test */');
		expect(told).toMatch(/then true\s/);
		expect(told).not.toMatch(calls);
		expect(await victim.activity()).toMatchObject({state: 'active'});

		// What is shown is what the same order sends without --dry-run.
		const unsent = unsentOf(value);
		expect(unsent).toBe(pgtop.statementOf(order));
		expect(unsent).toContain(`then pg_catalog.${functions[signal]}(g.pid)`);
		const real = await openPgtop(cluster, {user: 'logged'});
		const sent = await toldWhile(() => real.signal({...order, expiresAt: 0}));
		expect(sent.value).not.toHaveProperty('unsent');
		expect(sent.told.replaceAll(/\s+/g, ' ')).toContain(
			unsent.replace(`'${order.expiresAt}'::int8`, `'0'::int8`),
		);
	});

	test.each(signals)('%s: the statement that is shown, pasted in time, does it', async signal => {
		const pgtop = await openPgtop(cluster, {}, {signals: 'dry'});
		const {victim, end} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		const answer = await pgtop.signal(order);
		const asker = await visit(cluster, {user: 'postgres'});
		expect(await asker.query(unsentOf(answer))).toHaveLength(1);
		expect(await end).toBe(signal === 'cancel' ? '57014' : '57P01');
	});

	test.each(signals)('%s: what holds a signal back is told as without it', async signal => {
		const dry = await openPgtop(cluster, {user: 'logged'}, {signals: 'dry'});
		const real = await openPgtop(cluster);
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(dry, victim.pid, signal);
		const {target, startedAt = 0} = order;
		const others = [
			[{...order, expiresAt: 0}, 'time'],
			[{...order, startedAt: startedAt + 1}, 'server'],
			[{...order, target: {...target, backendStart: 1}}, 'session'],
			[{...order, target: {...target, xactStart: 1, queryStart: 1}}, 'work'],
		] as const;
		for (const [other, part] of others) {
			const {value, told} = await toldWhile(() => dry.signal(other));
			expect(value).toMatchObject({held: [part], unsent: dry.statementOf(other)});
			expect(value).not.toHaveProperty('sent');
			expect(told).not.toMatch(calls);
			expect(await real.signal(other)).toMatchObject({held: [part]});
		}

		expect(await victim.activity()).toMatchObject({state: 'active'});
	});

	test('of a session that is gone it is told that it is, and of our own that it is ours', async () => {
		const pgtop = await openPgtop(cluster, {}, {signals: 'dry'});
		const victim = await visit(cluster);
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		await victim.end();
		await victim.untilGone();
		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({type: 'answered', unsent: pgtop.statementOf(order)});
		expect(answer).not.toHaveProperty('seen');
		expect(answer).not.toHaveProperty('sent');
		const {ownPid} = await pgtop.sample();
		const own = await pgtop.signal(await orderOn(pgtop, ownPid, 'terminate', 'session'));
		expect(own).toMatchObject({isOwn: true});
		expect(own).not.toHaveProperty('sent');
	});

	test('a role that may not signal is not told so by a server that was not asked to', async () => {
		const pgtop = await openPgtop(cluster, {user: 'mon'}, {signals: 'dry'});
		const {victim} = await visitRunning(cluster);
		for (const signal of signals) {
			expect(await pgtop.signal(await orderOn(pgtop, victim.pid, signal))).toMatchObject({
				type: 'answered',
				sent: true,
				held: [],
			});
		}

		expect(await victim.activity()).toMatchObject({state: 'active'});
	});

	// It waits for a limit of five seconds, and depends on nothing of the server.
	if (binaries !== newest) return;

	test('a refresh that is overdue is not broken off for it', async () => {
		const pgtop = await openPgtop(cluster, {user: 'logged'}, {signals: 'dry'});
		const {victim} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, 'terminate');
		const blocker = await visit(cluster, {user: 'postgres'});
		await blocker.query('begin; lock table pg_database in access exclusive mode');
		const picture = codeOf(pgtop.sample());
		const {value, told} = await toldWhile(() => pgtop.signal(order, true));
		expect(value).toMatchObject({type: 'answered', sent: true});
		expect(told).not.toMatch(calls);
		expect(told).not.toContain('due to user request');
		expect(await picture).toBeUndefined();
		await blocker.query('rollback');
		expect(await victim.activity()).toMatchObject({state: 'active'});
	});
});
