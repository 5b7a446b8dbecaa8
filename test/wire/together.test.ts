import type {Duplex} from 'node:stream';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Order, Signal} from '../../source/domain/signal/target.js';
import {startProxy} from '../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {fewServers} from '../helpers/server/servers.js';
import {openPgtop, orderOn, timesIn, visit} from '../helpers/session/scene.js';

const functions = {cancel: 'pg_catalog.pg_cancel_backend(', terminate: 'pg_catalog.pg_terminate_backend('};

/** How often a stream writes from now on, whatever it is given together. */
function countWrites(stream: Duplex): () => number {
	let times = 0;
	for (const name of ['_write', '_writev'] as const) {
		const write = stream[name]?.bind(stream) as (...given: readonly unknown[]) => void;
		Object.assign(stream, {
			[name](...given: readonly unknown[]) {
				times++;
				write(...given);
			},
		});
	}

	return () => times;
}

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** A role that may signal its own sessions only, one of those, and one of somebody else. */
	async function stage() {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy, {user: 'app'});
		const own = await visit(cluster);
		const foreign = await visit(cluster, {user: 'plain'});
		for (const session of [own, foreign]) {
			void session.query('select pg_sleep(60)').catch(() => {});
			await session.untilActive();
		}

		const orders = async (signal: Signal): Promise<readonly [Order, Order]> => [
			await orderOn(pgtop, foreign.pid, signal, 'session'),
			await orderOn(pgtop, own.pid, signal, 'session'),
		];
		const {stream} = pgtop.client.connection;
		return {proxy, pgtop, own, foreign, orders, stream};
	}

	test.each(['cancel', 'terminate'] as const)(
		'%s of two sessions is two guarded messages in one write, and a refusal of one stops no other',
		async signal => {
			const {proxy, pgtop, own, foreign, orders, stream} = await stage();
			const given = await orders(signal);
			const before = proxy.sent().length;
			const writes = countWrites(stream);
			proxy.hold();
			const answers = pgtop.signalAll(given);
			expect(writes()).toBe(1);
			await expect.poll(() => timesIn(proxy.sent().slice(before), functions[signal])).toBe(2);
			// Nothing was answered yet, and the second one has acted all the same.
			await expect.poll(async () => (await own.activity())?.state).not.toBe('active');
			expect((await foreign.activity())?.state).toBe('active');
			const sent = proxy.sent().slice(before);
			for (const {target} of given) expect(timesIn(sent, `(values ('${target.pid}'::int4))`)).toBe(1);
			expect(timesIn(sent, 'as same_session')).toBe(2);
			proxy.release();
			expect(await Promise.all(answers)).toMatchObject([
				{type: 'denied', missing: expect.stringContaining('pg_signal_backend')},
				{type: 'answered', sent: true, held: []},
			]);
		},
	);

	test('a guard that holds one back lets the other one through', async () => {
		const {pgtop, own, orders} = await stage();
		const [, order] = await orders('cancel');
		const late = {...order, number: order.number + 1, expiresAt: 0};
		expect(await Promise.all(pgtop.signalAll([late, order]))).toMatchObject([
			{type: 'answered', held: ['time']},
			{type: 'answered', sent: true, held: []},
		]);
		await expect.poll(async () => (await own.activity())?.state).toBe('idle');
	});

	test('for one session the bytes are those of one order alone', async () => {
		const {proxy, pgtop, orders} = await stage();
		const [, order] = await orders('cancel');
		const late = {...order, expiresAt: 0};
		const sentBy = async (send: () => readonly Promise<unknown>[]) => {
			const before = proxy.sent().length;
			await Promise.all(send());
			return proxy.sent().slice(before);
		};
		const alone = await sentBy(() => pgtop.signalAll([late]));
		expect(await sentBy(() => pgtop.signalAll([late, late]))).toBe(`${alone}${alone}`);
	});
});
