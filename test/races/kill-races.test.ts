import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {startCluster, type TestCluster} from '../helpers/cluster.js';
import {openPgtop, type Pgtop} from '../helpers/scene.js';
import {judge, lookAndOrder, openVictim, tally, type Victim} from './victims.js';

const rounds = 200;

let cluster: TestCluster;
let pgtop: Pgtop;
/** They do what the victim does, and nothing may ever happen to them. */
let bystanders: readonly Victim[];

beforeAll(async () => {
	cluster = await startCluster();
});

afterAll(async () => cluster.stop());

beforeEach(async () => {
	bystanders = await Promise.all([1, 2, 3].map(() => openVictim(cluster, 'bystander')));
});

afterEach(async () => {
	for (const bystander of bystanders) {
		expect(await bystander.query('select 1')).toBe(true);
		expect(bystander.hits).toEqual([]);
		await bystander.end();
	}
});

const alittle = (ms: number) => wait(Math.random() * ms);

/** Keeps the bystanders at the victim's work until told to stop. */
function busy(text: string): () => Promise<unknown> {
	let isOver = false;
	const all = bystanders.map(async bystander => {
		while (!isOver) await bystander.query(text);
	});
	return async () => {
		isOver = true;
		return Promise.all(all);
	};
}

test('c while one short query follows another', async () => {
	pgtop = await openPgtop(cluster);
	const victim = await openVictim(cluster);
	const rest = busy('select pg_sleep(0.003)');
	let isOver = false;
	const work = (async () => {
		while (!isOver) await victim.query('select pg_sleep(0.003)');
	})();
	const verdicts: string[] = [];
	while (verdicts.length < rounds) {
		const order = await lookAndOrder(pgtop, victim.pid, 'cancel');
		if (!order) throw new Error('the victim is gone');
		await alittle(4);
		verdicts.push(judge(order, await pgtop.signal(order, false)));
	}

	isOver = true;
	await work;
	await rest();
	const {sent = 0, 'held back': heldBack = 0, ...others} = tally(verdicts);
	expect(others).toEqual({});
	expect(heldBack).toBeGreaterThan(0);
	// A signal may come when its query has just ended, and then hits nothing; never two.
	expect(victim.hits.filter(code => code !== '57014')).toEqual([]);
	expect(victim.hits.length).toBeLessThanOrEqual(sent);
	await victim.end();
});

test('k while one transaction follows another', async () => {
	pgtop = await openPgtop(cluster);
	const rest = busy('begin; select pg_sleep(0.002); commit');
	const verdicts: string[] = [];
	let ended = 0;
	let victim = await openVictim(cluster);
	while (verdicts.length < rounds) {
		await victim.query('begin');
		const order = await lookAndOrder(pgtop, victim.pid, 'terminate');
		if (!order) throw new Error('the victim is gone');
		expect(order.target.xactStart).toBeDefined();
		const next = (async () => {
			await alittle(2);
			await victim.query('commit');
			// It goes on at once in one more transaction, or waits before it.
			if (Math.random() < 0.5) await victim.query('begin');
			return victim.query('select 1');
		})();
		await alittle(2);
		const verdict = judge(order, await pgtop.signal(order, false));
		await next;
		verdicts.push(verdict);
		if (verdict === 'sent') {
			await victim.ended;
			// Its own last word may have been lost with the socket that it was writing to.
			expect(victim.hits.filter(code => code !== '57P01')).toEqual([]);
			ended++;
			victim = await openVictim(cluster);
		} else {
			expect(victim.hits).toEqual([]);
			expect(await victim.query('rollback')).toBe(true);
		}
	}

	await rest();
	const {sent = 0, 'held back': heldBack = 0, ...others} = tally(verdicts);
	expect(others).toEqual({});
	expect(sent).toBe(ended);
	expect([sent > 0, heldBack > 0]).toEqual([true, true]);
	await victim.end();
});

test('k while the session ends and its client connects again', async () => {
	pgtop = await openPgtop(cluster);
	const rest = busy('select 1');
	const verdicts: string[] = [];
	for (let round = 0; round < rounds; round++) {
		const victim = await openVictim(cluster);
		const order = await lookAndOrder(pgtop, victim.pid, 'terminate', 'any');
		if (!order) throw new Error('the victim is gone');
		const again = (async () => {
			await alittle(2);
			await victim.end();
			return openVictim(cluster);
		})();
		await alittle(3);
		verdicts.push(judge(order, await pgtop.signal(order, false)));
		const next = await again;
		expect(await next.query('select 1')).toBe(true);
		expect(next.hits).toEqual([]);
		await next.end();
	}

	await rest();
	const {sent = 0, gone = 0, ...others} = tally(verdicts);
	expect(others).toEqual({});
	expect([sent > 0, gone > 0]).toEqual([true, true]);
});

test('an order for a session that is not it any more hits nobody, whatever differs', async () => {
	pgtop = await openPgtop(cluster);
	const victim = await openVictim(cluster);
	const {ownPid} = await pgtop.sample();
	await victim.query('begin');
	for (const signal of ['cancel', 'terminate'] as const) {
		const order = await lookAndOrder(pgtop, victim.pid, signal);
		if (!order) throw new Error('the victim is gone');
		const {target, deadline} = order;
		const {backendStart = 0, userId = 0, xactStart = 0} = target;
		const without = ({backendStart: _, ...others}: typeof target) => others;
		const others = [
			{...order, target: {...target, backendStart: backendStart + 1}},
			{...order, target: {...target, backendStart: backendStart - 1}},
			{...order, target: without(target)},
			{...order, target: {...target, userId: userId + 1}},
			{...order, target: {...target, pid: ownPid}},
			{...order, target: {...target, xactStart: xactStart + 1, queryStart: 1}},
			{...order, deadline: deadline - 10_000_000},
			{...order, target: {...target, pid: bystanders[0]?.pid ?? 0}},
		];
		for (const other of others) {
			const answer = await pgtop.signal(other, false);
			expect(answer).toMatchObject({type: 'answered'});
			expect(answer.type === 'answered' && answer.sent).toBe(undefined);
		}
	}

	expect(await victim.query('commit')).toBe(true);
	expect(victim.hits).toEqual([]);
	await victim.end();
});
