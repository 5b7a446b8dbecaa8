import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {outcomeOfLook} from '../../source/domain/signal/look-outcome.js';
import {outcomeOfAnswer} from '../../source/domain/signal/outcome.js';
import {outcomeSentence} from '../../source/domain/signal/words.js';
import {startRun} from '../helpers/run.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {openPgtop} from '../helpers/session/scene.js';
import {patience, rounds} from './rounds.js';
import {openVictim, orderOn, tally} from './victims.js';

let cluster: TestCluster;
let folder: string;

beforeAll(async () => {
	cluster = await startCluster();
	folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
});

afterAll(async () => {
	await cluster.stop();
	await rm(folder, {recursive: true});
});

test(
	'two that end the same session at once: both tell the truth, and nobody fails',
	async () => {
		const programs = [await openPgtop(cluster), await openPgtop(cluster)];
		const bystander = await openVictim(cluster, 'bystander');
		const said: string[] = [];
		for (let round = 0; round < rounds; round++) {
			const victim = await openVictim(cluster);
			const {pid} = victim;
			const orders = await Promise.all(programs.map(one => orderOn(one, pid, 'terminate', 'session')));
			const answers = await Promise.all(
				programs.map((program, index) => {
					const order = orders[index];
					if (!order) throw new Error('no order');
					return program.signal(order);
				}),
			);
			await victim.ended;
			expect(victim.hits).toEqual(['57P01']);

			const sentences: string[] = [];
			for (const [index, answer] of answers.entries()) {
				const order = orders[index];
				if (!order) continue;
				const outcome = outcomeOfAnswer(order, answer);
				if (outcome) {
					sentences.push(outcomeSentence(outcome, 'terminate', 0.1));
					continue;
				}

				// It was sent: what a look shows afterwards is the end of that session.
				await expect
					.poll(
						async () => {
							const [look] = (await programs[index]?.look([pid])) ?? [];
							return look && outcomeOfLook(order, look)?.type;
						},
						{interval: 2},
					)
					.toBe('ended');
				sentences.push('ended');
			}

			expect(sentences).toContain('ended');
			said.push(...sentences.map(sentence => sentence.replaceAll(/\d+/g, 'N')));
		}

		const {
			ended = 0,
			'had ended already': before = 0,
			'was not signalled: PID N is not a PostgreSQL backend process': between = 0,
			'was not signalled: PID N is not a PostgreSQL server process': betweenBefore = 0,
			...others
		} = tally(said) as Record<string, number>;
		expect(others).toEqual({});
		expect(ended).toBeGreaterThanOrEqual(rounds);
		expect(ended + before + between + betweenBefore).toBe(2 * rounds);
		expect(await bystander.query('select 1')).toBe(true);
		expect(bystander.hits).toEqual([]);
		await bystander.end();
	},
	patience,
);

test('two whole programs, each with its own audit file', async () => {
	const victim = await openVictim(cluster);
	const runs = await Promise.all(
		['one', 'two'].map(name => startRun(cluster, {auditFile: join(folder, `${name}.jsonl`)})),
	);
	await Promise.all(runs.map(run => run.select(victim.pid)));
	await Promise.all(runs.map(run => run.press('k')));
	// Between the check and the signal of one the other may have ended it.
	const between = 'was not signalled: PID \\d+ is not a PostgreSQL (?:backend|server) process';
	await Promise.all(
		runs.map(run =>
			run.says(new RegExp(`^${victim.pid} (ended \\d\\.\\ds after k|had ended already|${between})`, 'm')),
		),
	);
	for (const run of runs) {
		expect(await run.signalLines()).toHaveLength(1);
		await expect
			.poll(async () => (await run.outcomeLines()).at(-1)?.outcome)
			.toMatch(/^(ended|had ended already|no such process)$/);
	}

	expect(await victim.query('select 1')).toBe(false);
	await Promise.all(runs.map(run => run.close()));
});
