import {describe, expect, test} from 'vitest';
import type {Seen} from '../../source/domain/signal/look.js';
import {endServers} from '../helpers/server/servers.js';
import {backendOf, openPgtop} from '../helpers/session/scene.js';
import {isEvenBlock, patience, race, rounds} from './rounds.js';
import {expectBoth, openKeeper, setStage, waitAt} from './stage.js';
import {judge, openVictim, orderOn} from './victims.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {cluster, busy, until, is} = setStage(
		binaries,
		// A standby that never comes; only who says so waits for it.
		{settings: {synchronous_standby_names: 'nobody', synchronous_commit: 'local'}},
		`create table written (what text);
		grant all on written to public;
		create table worked (id int);
		create index standing on worked (id);
		alter table worked owner to app`,
	);

	const waitsForStandby = ({wait}: Seen) => wait?.type === 'IPC' && wait.name === 'SyncRep';

	test(
		'c and k while a transaction comes to wait for the standby',
		async () => {
			const pgtop = await openPgtop(cluster());
			const keeper = await openKeeper(cluster());
			const rest = busy("insert into written values ('bystander')");
			const open = async () => {
				const one = await openVictim(cluster());
				expect(await one.query('set synchronous_commit = on')).toBe(true);
				return one;
			};
			const verdicts: string[] = [];
			let committed = 0;
			let victim = await open();
			for (let round = 0; round < rounds; round++) {
				const signal = isEvenBlock(round) ? 'cancel' : 'terminate';
				await keeper.close(1);
				const before = victim.hits.length;
				const running = victim.query(
					`insert into written select 'victim' from ${waitAt(1).replace('select ', '')}`,
				);
				await until(victim, running, "s.wait_event = 'advisory'");
				const order = await orderOn(pgtop, victim.pid, signal);
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						await keeper.open(1);
						await until(victim, running, "s.wait_event = 'SyncRep'");
					},
				);
				const verdict = judge(order, answer, waitsForStandby);
				verdicts.push(verdict);
				if (verdict === 'held back') {
					expect(answer).toMatchObject({held: ['standby']});
					// Nobody has ended its wait, so it is there still.
					expect(
						await is(`exists (select from pg_stat_get_activity(${victim.pid}) where wait_event = 'SyncRep')`),
					).toBe(true);
				}

				if (verdict === 'sent' && signal === 'terminate') {
					await victim.ended;
					expect(victim.hits.slice(before).filter(code => code !== '57P01')).toEqual([]);
					victim = await open();
					continue;
				}

				await cluster().observe(
					`select pg_cancel_backend(pid) from pg_stat_get_activity(${victim.pid}) where wait_event = 'SyncRep'`,
				);
				if (await running) committed++;
				const hits = victim.hits.slice(before);
				expect(hits).toEqual(verdict === 'sent' ? hits.map(() => '57014') : []);
				expect(await victim.query('select pg_advisory_unlock_all()')).toBe(true);
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			expect(committed).toBeGreaterThanOrEqual(verdicts.filter(verdict => verdict === 'held back').length);
			await Promise.all([victim.end(), keeper.end()]);
		},
		patience,
	);

	test(
		'k while a special command begins behind a comment that the server has cut',
		async () => {
			const special = `/*${'-'.repeat(1100)}*/ drop index concurrently standing`;
			const pgtop = await openPgtop(cluster());
			// It holds up what works CONCURRENTLY.
			const writer = await openVictim(cluster(), 'writer', 'postgres');
			await writer.query('begin; lock table worked in row exclusive mode');
			const rest = busy("/* a comment */ insert into written values ('bystander')");
			const verdicts: string[] = [];
			let hash: string | undefined;
			let victim = await openVictim(cluster());
			for (let round = 0; round < rounds; round++) {
				// As after a key that was held back, or a question: the session alone is demanded.
				const order = await orderOn(pgtop, victim.pid, 'terminate', 'session');
				expect(order.target.state).toBe('idle');
				let running: Promise<boolean> = Promise.resolve(false);
				const answer = await race(
					round,
					() => pgtop.signal(order),
					async () => {
						running = victim.query(special);
						await until(victim, running, "s.wait_event_type = 'Lock'");
					},
				);
				// In the first round the victim is ahead.
				hash ??= (await backendOf(pgtop, victim.pid)).hash;
				const isSpecial = (seen: Seen) => seen.state === 'active' && seen.hash === hash;
				const verdict = judge(order, answer, isSpecial);
				verdicts.push(verdict);
				if (verdict === 'sent') {
					expect(await running).toBe(false);
					await victim.ended;
					expect(victim.hits.filter(code => code !== '57P01')).toEqual([]);
					victim = await openVictim(cluster());
					continue;
				}

				expect(answer).toMatchObject({held: ['comment']});
				expect(victim.hits).toEqual([]);
				await cluster().observe(`select pg_cancel_backend(${victim.pid})`);
				expect(await running).toBe(false);
				await victim.end();
				victim = await openVictim(cluster());
			}

			await rest();
			expectBoth(verdicts, ['sent', 'held back']);
			await Promise.all([victim.end(), writer.end()]);
		},
		patience,
	);
});
