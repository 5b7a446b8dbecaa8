import {describe, expect, test} from 'vitest';
import type {Signal} from '../../source/domain/signal/target.js';
import {endServers} from '../helpers/server/servers.js';
import {openPgtop} from '../helpers/session/scene.js';
import {patience, race, rounds} from './rounds.js';
import {expectBoth, openKeeper, setStage, waitAt} from './stage.js';
import {judge, openVictim, orderOn, type Victim} from './victims.js';

const codes = {cancel: '57014', terminate: '57P01'} as const;

/** Four rounds of each of these, and again. */
function inTurn<Value>(round: number, values: readonly Value[]): Value {
	const value = values[Math.floor(round / 4) % values.length];
	if (value === undefined) throw new Error('nothing to choose from');
	return value;
}

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	const {cluster, busy, until} = setStage(
		binaries,
		{},
		`create table written (what text);
		grant all on written to public;
		${
			major >= 11
				? `create procedure commits(gate int8) language plpgsql security invoker as $$
					begin
						loop
							insert into written values ('on the way');
							commit;
							exit when pg_try_advisory_lock_shared(gate);
						end loop;
					end $$`
				: 'create table last_of_all (id int)'
		}`,
	);

	/** On 10 one that may vacuum everything. */
	const openOne = () => openVictim(cluster(), 'victim', major >= 11 ? 'app' : 'postgres');

	/** After a signal that was sent it was hit at most once, after another one not at all. Who is gone has a successor. */
	async function afterwards(
		victim: Victim,
		hitsBefore: number,
		verdict: string,
		signal: Signal,
	): Promise<Victim> {
		const isEnded = verdict === 'sent' && signal === 'terminate';
		if (isEnded) await victim.ended;
		// Its own last word may have been lost with the socket that it was writing to.
		const hits = victim.hits.slice(hitsBefore);
		expect(hits).toEqual(hits.map(() => codes[signal]));
		expect(hits.length).toBeLessThanOrEqual(verdict === 'sent' ? 1 : 0);
		if (isEnded) return openOne();
		expect(await victim.query('rollback')).toBe(true);
		expect(await victim.query('select pg_advisory_unlock_all()')).toBe(true);
		return victim;
	}

	test(
		'k on an idle session that begins a transaction',
		async () => {
			const pgtop = await openPgtop(cluster());
			const rest = busy("begin; insert into written values ('bystander'); commit");
			const verdicts: string[] = [];
			let victim = await openOne();
			for (let round = 0; round < rounds; round++) {
				const order = await orderOn(pgtop, victim.pid, 'terminate');
				expect(order.work).toBe('idle');
				const answer = await race(
					round,
					() => pgtop.signal(order),
					() => victim.query("begin; insert into written values ('victim')"),
				);
				const verdict = judge(order, answer);
				verdicts.push(verdict);
				victim = await afterwards(victim, 0, verdict, 'terminate');
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			await victim.end();
		},
		patience,
	);

	test(
		'c and k while the session goes on to a call by the fast path',
		async () => {
			const [row] = await cluster().observe<{oid: number}>(
				"select 'pg_advisory_lock_shared(int8)'::regprocedure::oid::int as oid",
			);
			const call = (one: Victim, gate: number) => one.call(row?.oid ?? 0, String(gate));
			const query = (one: Victim, gate: number) => one.query(waitAt(gate));
			const pgtop = await openPgtop(cluster());
			const keeper = await openKeeper(cluster());
			const rest = busy('select pg_sleep(0.003)');
			const verdicts: string[] = [];
			let victim = await openOne();
			for (let round = 0; round < rounds; round++) {
				const {signal, before, isCall} = inTurn(round, [
					{signal: 'cancel', before: query, isCall: false},
					{signal: 'cancel', before: call, isCall: true},
					{signal: 'terminate', before: call, isCall: true},
					{signal: 'terminate', before: query, isCall: false},
				] as const);
				await keeper.close(1, 2);
				const first = before(victim, 1);
				await until(victim, first, "s.wait_event = 'advisory'");
				const order = await orderOn(pgtop, victim.pid, signal);
				expect(order.target.state).toBe(isCall ? 'fastpath function call' : 'active');
				const hits = victim.hits.length;
				let second: Promise<unknown> = first;
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						await keeper.open(1);
						await first;
						second = call(victim, 2);
						await until(victim, second, "s.wait_event = 'advisory'");
					},
				);
				const verdict = judge(order, answer);
				verdicts.push(verdict);
				await keeper.open(2);
				await second;
				victim = await afterwards(victim, hits, verdict, signal);
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			await Promise.all([victim.end(), keeper.end()]);
		},
		patience,
	);

	/** What commits on the way, until it is let go, and the same once more. */
	const endless = (gate: number) => (major >= 11 ? `call commits(${gate})` : `vacuum /* ${gate} */`);

	test(
		'c and k on one query that commits on the way, while it ends and begins anew',
		async () => {
			const pgtop = await openPgtop(cluster());
			const keeper = await openKeeper(cluster());
			// Without procedures a VACUUM waits for its last table.
			const locker = await openVictim(cluster(), 'locker', 'postgres');
			const lock = () => (major >= 11 ? undefined : locker.query('begin; lock table last_of_all'));
			const unlock = () => (major >= 11 ? undefined : locker.query('rollback'));
			const dry = await openPgtop(cluster(), {}, {signals: 'dry'});
			const rest = busy("insert into written values ('bystander')");
			const verdicts: string[] = [];
			let victim = await openOne();
			for (let round = 0; round < rounds; round++) {
				const signal = inTurn(round, ['cancel', 'terminate'] as const);
				await keeper.close(1, 2);
				await lock();
				const first = victim.query(endless(1));
				await until(victim, first, `s.state = 'active' and s.query = '${endless(1)}'`);
				const order = await orderOn(pgtop, victim.pid, signal);
				expect(order.target.state).toBe('active');
				// It goes on committing: nothing of that is another query.
				for (let asked = 0; asked < 5; asked++) expect(judge(order, await dry.signal(order))).toBe('sent');
				const hits = victim.hits.length;
				let second: Promise<unknown> = first;
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						await keeper.open(1);
						await unlock();
						await first;
						await lock();
						second = victim.query(endless(2));
						await until(victim, second, `s.state = 'active' and s.query = '${endless(2)}'`);
					},
				);
				const verdict = judge(order, answer);
				verdicts.push(verdict);
				await keeper.open(2);
				await unlock();
				await second;
				victim = await afterwards(victim, hits, verdict, signal);
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			await Promise.all([victim.end(), keeper.end(), locker.end()]);
		},
		patience,
	);
});
