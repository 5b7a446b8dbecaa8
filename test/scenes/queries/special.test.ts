import {expect, test} from 'vitest';
import {answerYes, asked, pressYes, setStage, told, untilAgain, untilLookedAt, untilRead} from '../stage.js';

const stage = setStage();

const concurrently = /it works CONCURRENTLY: broken off it leaves an invalid object behind/;
const behindComment = /its command stands behind a comment longer than the server keeps/;

/** Longer than what the server keeps of a text. */
const comment = `/* ${'x'.repeat(1100)} */`;

let tables = 0;

/** A table that is written to by another session: an index on it can't be finished. */
async function waitingTable() {
	const table = `big_${tables++}`;
	const writer = await stage.session({user: 'postgres'});
	await writer.query(`create table ${table} (id int)`);
	await writer.query('begin');
	await writer.query(`lock table ${table} in row exclusive mode`);
	return {table, command: `create index concurrently ${table}_id on ${table} (id)`};
}

const isInvalid = async (table: string) =>
	(
		await stage.cluster.observe(
			`select from pg_index where indexrelid = '${table}_id'::regclass and not indisvalid`,
		)
	).length === 1;

for (const [name, before, reason] of [
	['CREATE INDEX CONCURRENTLY', '', concurrently],
	['CREATE INDEX CONCURRENTLY behind a comment longer than the server keeps', comment, behindComment],
] as const) {
	for (const key of ['c', 'k'] as const) {
		test(`${key} on ${name} is asked about, with what it leaves behind`, async () => {
			const {table, command} = await waitingTable();
			const victim = await stage.session({user: 'postgres'});
			void victim.start(`${before}${command}`);
			await victim.untilBlocked();
			const run = await stage.run();
			await run.select(victim.pid);
			const text = await asked(run, key, reason);
			// Of what is hidden the server tells all the same.
			expect(text).toMatch(concurrently);
			expect(await run.audit()).toEqual([]);
			await pressYes(run);
			const {signal} = await told(
				run,
				key === 'c'
					? /query ended \d\.\ds after c: idle now/
					: new RegExp(`${victim.pid} ended \\d\\.\\ds after k`),
			);
			expect(`${before}${command}`.startsWith(signal.query ?? '?')).toBe(true);
			expect(await run.signalLines()).toHaveLength(1);
			expect(await isInvalid(table)).toBe(true);
			expect(await stage.logOf(victim.pid)).toMatch(/due to (user request|administrator command)/);
		});
	}
}

test('what stands behind such a comment is asked about whatever it is, because nobody can tell', async () => {
	const victim = await stage.session();
	void victim.start(`${comment} select pg_sleep(600)`);
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	expect(await answerYes(run, 'c', behindComment)).not.toMatch(concurrently);
	await told(run, /query ended \d\.\ds after c: idle now/);
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
});

test('a session shown idle that works CONCURRENTLY by now: not even k again ends it without a question', async () => {
	const {table, command} = await waitingTable();
	const victim = await stage.session({user: 'postgres'});
	const run = await stage.run();
	await run.select(victim.pid);
	await untilLookedAt(run, ({state}) => state === 'idle');
	await run.press('p');
	void victim.start(command);
	await victim.untilBlocked();
	await run.press('k');
	await told(run, /has begun a transaction, now active \d\.\ds. k again ends the session/);
	await untilAgain(run);
	await run.press('k');
	const {outcome} = await told(
		run,
		/was not signalled: it (works CONCURRENTLY by now|runs by now what must be asked)/,
	);
	expect(outcome.outcome).toBe('held back');
	await run.says(concurrently);
	expect(await victim.activity()).toMatchObject({state: 'active'});
	expect(await stage.logOf(victim.pid)).not.toMatch(/due to administrator command/);
	await untilRead(run);
	await pressYes(run);
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await run.signalLines()).toHaveLength(3);
	expect(await isInvalid(table)).toBe(true);
});
