import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Backend} from '../../source/domain/session/backend.js';
import {openRawSession} from '../bench/outside/raw-session.js';
import {startProxy} from '../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers, newest} from '../helpers/server/servers.js';
import {ordersOn} from '../helpers/session/orders-on.js';
import {openPgtop, timesIn} from '../helpers/session/scene.js';
import {waitUntil} from '../helpers/session/session.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	// What grows with their number does so on any server.
	const many = binaries === newest ? 500 : 100;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries, {settings: {max_connections: String(many + 20)}});
	});

	afterAll(async () => cluster?.stop());

	/** So many sessions of a role, idle in transaction. They end with the test. */
	async function open(count: number, user: string): Promise<void> {
		const opened = await Promise.all(
			Array.from({length: count}, async () =>
				openRawSession(cluster, {user, database: 'appdb', application: 'many'}),
			),
		);
		onTestFinished(async () => {
			for (const session of opened) session.drop();
			await waitUntil(cluster, "not exists (select from pg_stat_activity where application_name = 'many')");
		});
		await Promise.all(opened.map(async session => session.query('begin')));
	}

	const ofTheTest = ({user}: Backend) => user === 'app' || user === 'su2';

	const left = async () => {
		const [row] = await cluster.observe<{count: number}>(
			"select count(*)::int from pg_stat_activity where application_name = 'many'",
		);
		return row?.count;
	};

	test(`${many} sessions are ended in one write: all of it is sent before anything is answered`, async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		await open(many, 'app');
		const orders = await ordersOn(pgtop, ofTheTest);
		expect(orders).toHaveLength(many);
		const before = proxy.sent().length;
		proxy.hold();
		const answers = pgtop.signalAll(orders);
		// Nothing is answered yet, and all have ended.
		await expect.poll(left).toBe(0);
		const sent = proxy.sent().slice(before);
		expect(timesIn(sent, 'pg_catalog.pg_terminate_backend(')).toBe(many);
		// So little for each that a slow line has them all before they expire.
		expect(sent.length / many).toBeLessThan(2700);
		const order: number[] = [];
		for (const [index, answer] of answers.entries()) void answer.then(() => order.push(index));
		proxy.release();
		const told = await Promise.all(answers);
		expect(told.every(answer => answer.type === 'answered' && answer.sent === true)).toBe(true);
		expect(told.map(answer => answer.type === 'answered' && answer.seen?.pid)).toEqual(
			orders.map(({target}) => target.pid),
		);
		expect(order).toEqual(orders.map((_, index) => index));
		// What is asked next is not disturbed by so many answers.
		const looks = await pgtop.look(orders.map(({target}) => target.pid));
		expect(looks.filter(({seen}) => seen)).toEqual([]);
		expect(looks).toHaveLength(many);
	});

	test('of many that are denied the others end, and one question tells what all of one role lack', async () => {
		const proxy = await startProxy(cluster);
		await open(30, 'app');
		await open(30, 'su2');
		const pgtop = await openPgtop(proxy, {user: 'monsig'});
		const orders = await ordersOn(pgtop, ofTheTest);
		const {backends} = await pgtop.sample();
		const before = proxy.sent().length;
		const answers = await Promise.all(pgtop.signalAll(orders));
		for (const [index, {target}] of orders.entries()) {
			const isSuperuser = backends.find(({pid}) => pid === target.pid)?.user === 'su2';
			expect(answers[index]).toMatchObject(
				isSuperuser
					? {type: 'denied', missing: 'superuser only: nobody here can'}
					: {type: 'answered', sent: true},
			);
		}

		expect(answers.filter(({type}) => type === 'denied')).toHaveLength(30);
		expect(timesIn(proxy.sent().slice(before), 'left join pg_roles r')).toBe(1);
		await expect.poll(left).toBe(30);
	});
});
