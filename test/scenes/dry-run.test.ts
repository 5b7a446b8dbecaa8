import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {answerYes, setStage, untilAgain, untilLookedAt} from './stage.js';

const stage = setStage({isConcurrent: true, settings: {log_statement: 'all'}});

async function openTransaction() {
	const victim = await stage.session();
	await victim.query('begin');
	return victim;
}

const dry = {flags: ['--dry-run']} as const;

for (const [key, text, words, call] of [
	['k', 'begin', 'would end', 'thenpg_catalog.pg_terminate_backend(g.pid)'],
	['c', 'select pg_sleep(600)', 'would cancel the query of', 'thenpg_catalog.pg_cancel_backend(g.pid)'],
] as const) {
	test.concurrent(`--dry-run says whom ${key} would hit, after the guard was asked, and sends nothing`, async () => {
		const victim = await stage.session();
		void victim.start(text);
		const run = await stage.run(dry);
		await run.select(victim.pid);
		await untilLookedAt(run, ({state}) => state === (key === 'k' ? 'idle in transaction' : 'active'));
		await run.press(key);
		await run.says(new RegExp(`^${words} ${victim.pid} app@appdb, nothing was sent\\s*$`, 'm'));
		await run.press('L');
		expect(run.page().replaceAll(/\s/g, '')).toContain(call);
		expect(await run.audit()).toEqual([]);
		expect(await victim.activity()).toMatchObject({state: key === 'k' ? 'idle in transaction' : 'active'});
		expect(await stage.logOf(victim.pid)).not.toMatch(/terminating|canceling/);
		// The guard was asked by a text that has no function which signals.
		const log = await readFile(stage.cluster.log, 'utf8');
		expect(log.replaceAll(/\s/g, '')).toContain('thentrueend');
		expect(log.replaceAll(/\s/g, '')).not.toContain(call);
	});
}

test.concurrent('--dry-run tells what has changed, as the real key would, and what k again would do', async () => {
	const victim = await openTransaction();
	const run = await stage.run(dry);
	await run.select(victim.pid);
	await run.press('p');
	await victim.query('rollback');
	await victim.query('begin');
	await run.press('k');
	await run.says(/has ended that transaction, now idle-tx. k again ends the session/);
	await untilAgain(run);
	await run.press('k');
	await run.says(new RegExp(`would end ${victim.pid} app@appdb, nothing was sent`));
	expect(await run.audit()).toEqual([]);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});

test.concurrent('--dry-run of a session that has ended since says so', async () => {
	const victim = await openTransaction();
	const run = await stage.run(dry);
	await run.select(victim.pid);
	await run.press('p');
	await victim.end();
	await victim.untilGone();
	await run.press('k');
	await run.says(new RegExp(`${victim.pid} had ended already`));
	expect(run.bottom()).not.toContain('would end');
});

test.concurrent('--dry-run asks the same questions', async () => {
	const victim = await openTransaction();
	const run = await stage.run({flags: ['--dry-run', '--confirm=always']});
	await run.select(victim.pid);
	await answerYes(run, 'k', /k: end the session of/);
	await run.says(new RegExp(`would end ${victim.pid} app@appdb, nothing was sent`));
	expect(await victim.query('select 1')).toHaveLength(1);
});

for (const [name, user, who, reason] of [
	['that lacks the right', 'mon', 'app', 'needs GRANT pg_signal_backend TO "mon"'],
	['that may not end a superuser', 'monsig', 'postgres', 'superuser only: nobody here can'],
] as const) {
	test.concurrent(`--dry-run as a role ${name} says that it would be refused, and why`, async () => {
		const victim = await stage.session({user: who});
		await victim.query('begin');
		const run = await stage.run({...dry, user});
		await run.until(({server}) => server.rights !== undefined);
		await run.select(victim.pid);
		await run.press('k');
		await run.says(/would be refused/);
		expect(run.status()).toContain(`${victim.pid} ${who}@appdb would be refused: ${reason}`);
		expect(run.status()).not.toContain('would end');
		expect(await run.audit()).toEqual([]);
		expect(await victim.query('select 1')).toHaveLength(1);
		expect(await stage.logOf(victim.pid)).not.toContain('terminating');
	});
}
