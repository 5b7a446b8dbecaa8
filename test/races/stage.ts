import {afterAll, afterEach, beforeAll, beforeEach, expect} from 'vitest';
import type {Binaries} from '../../source/demo/launch/binaries-in.js';
import type {LaunchOptions} from '../../source/demo/launch.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {waitUntil} from '../helpers/session/session.js';
import {isByHand, untilEither} from './rounds.js';
import {openVictim, tally, type Victim} from './victims.js';

/** A server for the races of one file, and bystanders who do what the victims do: nothing may ever happen to them. */
export function setStage(binaries: Binaries, options: LaunchOptions = {}, setUp = 'select 1') {
	let cluster: TestCluster;
	let bystanders: readonly Victim[] = [];
	let isBusy = false;

	beforeAll(async () => {
		cluster = await startCluster(binaries, options);
		await cluster.observe(setUp);
	});

	afterAll(async () => cluster?.stop());

	beforeEach(async () => {
		bystanders = await Promise.all([1, 2, 3].map(() => openVictim(cluster, 'bystander')));
	});

	afterEach(async () => {
		isBusy = false;
		for (const bystander of bystanders) {
			expect(await bystander.query('select 1')).toBe(true);
			expect(bystander.hits).toEqual([]);
			await bystander.end();
		}
	});

	const is = async (condition: string) =>
		(await cluster.observe<{is: boolean}>(`select (${condition}) as is`))[0]?.is === true;

	return {
		cluster: () => cluster,
		bystander: () => bystanders[0]?.pid ?? 0,
		/** Keeps the bystanders at such work until told to stop. */
		busy(text: string): () => Promise<unknown> {
			isBusy = true;
			const all = bystanders.map(async bystander => {
				while (isBusy) await bystander.query(text);
			});
			return async () => {
				isBusy = false;
				return Promise.all(all);
			};
		},
		is,
		untilGone: (pid: number) => waitUntil(cluster, `not exists (select from pg_stat_get_activity(${pid}))`),
		/** The victim has come so far, or what it runs is over. */
		until: ({pid}: Victim, running: Promise<unknown>, condition: string) =>
			untilEither(running, () =>
				is(`exists (select from pg_stat_get_activity(${pid}) s where ${condition})`),
			),
	};
}

/** Waits until somebody opens the gate of this number. */
export const waitAt = (gate: number) => `select pg_advisory_lock_shared(${gate})`;

/** Opens and closes gates. */
export async function openKeeper(cluster: TestCluster) {
	const keeper = await openVictim(cluster, 'keeper');
	return {
		close: (...gates: readonly number[]) =>
			keeper.query(`select ${gates.map(gate => `pg_advisory_lock(${gate})`).join(', ')}`),
		open: (gate: number) => keeper.query(`select pg_advisory_unlock(${gate})`),
		end: keeper.end,
	};
}

/** Every race must come to both ends, and to no other. */
export function expectBoth(verdicts: readonly string[], ends: readonly [string, string]): void {
	const counts = tally(verdicts);
	if (isByHand) console.log(`${expect.getState().currentTestName}: ${JSON.stringify(counts)}`);
	expect(Object.keys(counts).sort()).toEqual([...ends].sort());
}
