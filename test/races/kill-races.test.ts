import {describe, expect, test} from 'vitest';
import {endServers} from '../helpers/server/servers.js';
import {openPgtop} from '../helpers/session/scene.js';
import {isEvenBlock, patience, race, rounds} from './rounds.js';
import {expectBoth, openKeeper, setStage, waitAt} from './stage.js';
import {judge, openVictim, orderOn} from './victims.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {cluster, busy, until, untilGone, bystander} = setStage(binaries);

	test(
		'c while one query follows another',
		async () => {
			const pgtop = await openPgtop(cluster());
			const victim = await openVictim(cluster());
			const keeper = await openKeeper(cluster());
			const rest = busy('select pg_sleep(0.003)');
			const verdicts: string[] = [];
			for (let round = 0; round < rounds; round++) {
				await keeper.close(1, 2);
				const first = victim.query(waitAt(1));
				await until(victim, first, "s.wait_event = 'advisory'");
				const order = await orderOn(pgtop, victim.pid, 'cancel');
				let second: Promise<unknown> = first;
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						await keeper.open(1);
						await first;
						second = victim.query(waitAt(2));
						await until(victim, second, "s.wait_event = 'advisory'");
					},
				);
				verdicts.push(judge(order, answer));
				await keeper.open(2);
				await second;
				await victim.query('select pg_advisory_unlock_all()');
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			// A signal may come when its query has just ended, and then hits nothing; never two.
			expect(victim.hits.filter(code => code !== '57014')).toEqual([]);
			expect(victim.hits.length).toBeLessThanOrEqual(verdicts.filter(verdict => verdict === 'sent').length);
			await Promise.all([victim.end(), keeper.end()]);
		},
		patience,
	);

	test(
		'k while one transaction follows another',
		async () => {
			const pgtop = await openPgtop(cluster());
			const rest = busy('begin; select pg_sleep(0.002); commit');
			const verdicts: string[] = [];
			let victim = await openVictim(cluster());
			for (let round = 0; round < rounds; round++) {
				await victim.query('begin');
				const order = await orderOn(pgtop, victim.pid, 'terminate');
				expect(order.work).toBe('transaction');
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						await victim.query('commit');
						// It goes on at once in one more transaction, or waits before it.
						if (isEvenBlock(round)) await victim.query('begin');
						await victim.query('select 1');
					},
				);
				const verdict = judge(order, answer);
				verdicts.push(verdict);
				if (verdict === 'sent') {
					await victim.ended;
					// Its own last word may have been lost with the socket that it was writing to.
					expect(victim.hits.filter(code => code !== '57P01')).toEqual([]);
					victim = await openVictim(cluster());
				} else {
					expect(victim.hits).toEqual([]);
					expect(await victim.query('rollback')).toBe(true);
				}
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			await victim.end();
		},
		patience,
	);

	test(
		'k while the session ends and its client connects again',
		async () => {
			const pgtop = await openPgtop(cluster());
			const rest = busy('select 1');
			const verdicts: string[] = [];
			for (let round = 0; round < rounds; round++) {
				const victim = await openVictim(cluster());
				const order = await orderOn(pgtop, victim.pid, 'terminate', 'session');
				let next = victim;
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						await victim.end();
						await untilGone(victim.pid);
						next = await openVictim(cluster());
					},
				);
				verdicts.push(judge(order, answer));
				// The system gives a pid anew only after a long time: here the next session is looked for under the pid that it has.
				const reused = {...order, target: {...order.target, pid: next.pid}};
				expect(judge(reused, await pgtop.signal(reused))).toBe('held back');
				expect(await next.query('select 1')).toBe(true);
				expect(next.hits).toEqual([]);
				await next.end();
			}

			await rest();
			expectBoth(verdicts, ['sent', 'gone']);
		},
		patience,
	);

	test('an order for a session that is not it any more hits nobody, whatever differs', async () => {
		const pgtop = await openPgtop(cluster());
		const victim = await openVictim(cluster());
		const {ownPid} = await pgtop.sample();
		await victim.query('begin');
		for (const signal of ['cancel', 'terminate'] as const) {
			const order = await orderOn(pgtop, victim.pid, signal);
			const {target} = order;
			const {backendStart = 0, userId = 0, xactStart = 0} = target;
			const without = ({backendStart: _, ...others}: typeof target) => others;
			const others = [
				{...order, target: {...target, backendStart: backendStart + 1}},
				{...order, target: {...target, backendStart: backendStart - 1}},
				{...order, target: without(target)},
				{...order, target: {...target, userId: userId + 1}},
				{...order, target: {...target, pid: ownPid}},
				{...order, target: {...target, xactStart: xactStart + 1, queryStart: 1}},
				{...order, startedAt: 1},
				{...order, expiresAt: 0},
				{...order, target: {...target, pid: bystander()}},
			];
			for (const other of others) {
				const answer = await pgtop.signal(other);
				expect(answer).toMatchObject({type: 'answered'});
				expect(answer.type === 'answered' && answer.sent).toBe(undefined);
			}
		}

		expect(await victim.query('commit')).toBe(true);
		expect(victim.hits).toEqual([]);
		await victim.end();
	});
});
