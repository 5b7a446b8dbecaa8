import {once} from 'node:events';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Answer} from '../../source/domain/signal/look.js';
import type {Order} from '../../source/domain/signal/target.js';
import {startCluster, type TestCluster} from '../helpers/cluster.js';
import {codeOf, openPgtop, orderOn, type Pgtop, visit} from '../helpers/scene.js';
import {servers} from '../helpers/servers.js';
import type {Session} from '../helpers/session.js';

const rounds = 100;

/** Every fourth round the victim is ahead, every fourth the signal, and in the others nobody knows. */
const race = async <A, B>(round: number, signal: () => Promise<A>, move: () => Promise<B>) => {
	if (round % 4 === 0) {
		const moved = await move();
		return [await signal(), moved] as const;
	}

	if (round % 4 === 1) {
		const answer = await signal();
		return [answer, await move()] as const;
	}

	if (round % 4 === 2) {
		const [answer, moved] = [signal(), move()];
		return [await answer, await moved] as const;
	}

	const [moved, answer] = [move(), signal()];
	return [await answer, await moved] as const;
};

const isSameSession = (order: Order, answer: Answer) =>
	answer.type === 'answered' &&
	answer.seen?.backendStart === order.target.backendStart &&
	answer.seen?.userId === order.target.userId;

/** The promise of the guard: what was sent was sent to what the server saw in that very statement, and else nothing was. */
function expectGuarded(order: Order, answer: Answer) {
	const {target, signal, transaction} = order;
	if (answer.type !== 'answered') throw new Error(`not answered: ${JSON.stringify(answer)}`);
	const {seen, sent} = answer;
	const isSameTransaction = seen?.xactStart === target.xactStart;
	const isSameQuery =
		seen?.state === 'active' &&
		(seen.queryStart === target.queryStart || (isSameTransaction && seen.hash === target.hash));
	const isMeant =
		isSameSession(order, answer) &&
		(signal === 'cancel' ? isSameQuery : transaction === 'any' || isSameTransaction);
	expect(sent !== undefined, JSON.stringify({order, answer})).toBe(isMeant);
}

describe.each(servers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** Sessions that nobody aims at; each says what it was hit by. */
	async function bystanders() {
		const sessions = await Promise.all(Array.from({length: 5}, async () => visit(cluster)));
		const ends = sessions.map(({client}) => codeOf(client.query('select pg_advisory_lock_shared(1)')));
		return async (keeper: Session) => {
			await keeper.query('select pg_advisory_unlock(1)');
			expect(await Promise.all(ends)).toEqual(ends.map(() => undefined));
		};
	}

	async function keeper() {
		const session = await visit(cluster);
		await session.query('select pg_advisory_lock(1)');
		return session;
	}

	const count = (answers: readonly Answer[], sent: boolean | undefined) =>
		answers.filter(answer => answer.type === 'answered' && answer.sent === sent).length;

	test(`c against a session that goes on to its next query, ${rounds} times`, async () => {
		const pgtop = await openPgtop(cluster);
		const lock = await keeper();
		const unhurt = await bystanders();
		const victim = await visit(cluster);
		const answers: Answer[] = [];
		for (let round = 0; round < rounds; round++) {
			const first = codeOf(victim.client.query(`select pg_sleep(0.003), ${round}`));
			const order = await orderOn(pgtop, victim.pid, 'cancel');
			const [answer, second] = await race(
				round,
				() => pgtop.signal(order),
				() => codeOf(victim.client.query(`select pg_sleep(0.001), ${round}, 'next'`)),
			);
			expectGuarded(order, answer);
			answers.push(answer);
			const hits = [await first, second].filter(code => code !== undefined);
			expect(hits).toEqual(hits.map(() => '57014'));
			expect(hits.length).toBeLessThanOrEqual(count([answer], true));
		}

		expect(count(answers, true)).toBeGreaterThan(0);
		expect(count(answers, undefined)).toBeGreaterThan(0);
		await unhurt(lock);
	});

	test(`k against a session that goes on to its next transaction, ${rounds} times`, async () => {
		const pgtop = await openPgtop(cluster);
		const lock = await keeper();
		const unhurt = await bystanders();
		const answers: Answer[] = [];
		let victim = await visit(cluster);
		for (let round = 0; round < rounds; round++) {
			await victim.query('begin');
			const order = await orderOn(pgtop, victim.pid, 'terminate');
			const [answer, moved] = await race(
				round,
				() => pgtop.signal(order),
				() => codeOf(victim.client.query('commit; select 1')),
			);
			expectGuarded(order, answer);
			answers.push(answer);
			if (count([answer], true) === 1) {
				await victim.untilGone();
				victim = await visit(cluster);
			} else {
				expect(moved).toBeUndefined();
				expect(await codeOf(victim.client.query('select 1'))).toBeUndefined();
			}
		}

		expect(count(answers, true)).toBeGreaterThan(0);
		expect(count(answers, undefined)).toBeGreaterThan(0);
		await unhurt(lock);
	});

	/** The system gives a pid anew only after a long time: here the next session is looked for under the pid that it has. */
	const reused = (order: Order, pid: number): Order => ({...order, target: {...order.target, pid}});

	test(`k against a session that ends while another one begins, ${rounds} times`, async () => {
		const pgtop = await openPgtop(cluster);
		const lock = await keeper();
		const unhurt = await bystanders();
		let victim = await visit(cluster);
		for (let round = 0; round < rounds; round++) {
			const order = await orderOn(pgtop, victim.pid, 'terminate', 'any');
			const old = victim;
			const [answer, next] = await race(
				round,
				() => pgtop.signal(order),
				async () => {
					await old.end();
					return visit(cluster);
				},
			);
			if (answer.type === 'answered' && answer.seen) expectGuarded(order, answer);
			await expectAlive(pgtop, next, reused(order, next.pid));
			victim = next;
		}

		await unhurt(lock);
	});

	async function expectAlive(pgtop: Pgtop, session: Session, order: Order) {
		const lost = once(session.client, 'error');
		const answer = await pgtop.signal(order);
		expect(answer).toMatchObject({type: 'answered', seen: {pid: session.pid}});
		expect(answer).not.toHaveProperty('sent');
		expect(await Promise.race([session.query('select 1 as alive'), lost])).toEqual([{alive: 1}]);
	}
});
