import {expect, onTestFinished, test} from 'vitest';
import {answerYes, asked, letGo, setStage, told, untilLookedAt} from '../stage.js';

const stage = setStage();

const grant = 'GRANT EXECUTE ON FUNCTION pg_catalog.encode(bytea, text) TO "monsig"';

const unread = /its query can't be read: it may leave an invalid object, or be done already/;

async function revoke(what: string) {
	await stage.cluster.observe(`revoke execute on function ${what} from public`);
	onTestFinished(async () => {
		await stage.cluster.observe(`grant execute on function ${what} to public`);
		await stage.cluster.observe(`revoke execute on function ${what} from monsig`);
	});
}

async function running(text: string) {
	const victim = await stage.session();
	void victim.start(text);
	await victim.untilActive();
	return victim;
}

test('without encode nothing is signalled, and the GRANT that is told helps', async () => {
	const victim = await running('select pg_sleep(600)');
	await revoke('encode(bytea, text)');
	const run = await stage.run({user: 'monsig'});
	await run.until(({server}) => server.rights !== undefined);
	expect(run.state().server.leftOut.map(({part, why}) => [part, why])).toEqual(
		[
			'self',
			'roles',
			'databases',
			'applications',
			'texts',
			'limits',
			'wraparound',
			'standbys',
			'prepared',
			'relations',
		].map(part => [part, 'permission denied for function encode']),
	);

	for (const key of ['c', 'k'] as const) {
		await run.select(victim.pid);
		// Its query is not taken for a harmless one.
		await answerYes(run, key, unread);
		const {signal, outcome} = await told(
			run,
			/was not signalled: needs GRANT EXECUTE ON FUNCTION pg_catalog\.encode/,
		);
		expect(signal).toMatchObject({pid: victim.pid, state: 'active', query: null});
		expect(outcome).toMatchObject({
			outcome: 'denied',
			sentence: `was not signalled: needs ${grant}`,
		});
		await run.press('L');
		expect(run.page()).toContain('permission denied for function encode');
		await run.press('\u001B');
		await letGo(run);
	}

	expect(await victim.activity()).toMatchObject({state: 'active', query: 'select pg_sleep(600)'});
	expect(await stage.logOf(victim.pid)).not.toMatch(/terminating|canceling/);

	await stage.cluster.observe(grant);
	await run.press('r');
	await run.until(({server}) => server.leftOut.length === 0);
	await run.select(victim.pid);
	await untilLookedAt(run, ({query}) => query !== undefined);
	await run.press('k');
	const {signal} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({user: 'app', database: 'appdb', query: 'select pg_sleep(600)'});
});

test('a text that can not be read for the list is still looked at by the guard, and told in the question', async () => {
	const writer = await stage.session({user: 'postgres'});
	await writer.query('create table big (id int); alter table big owner to app');
	await writer.query('begin');
	await writer.query('lock table big in row exclusive mode');
	await revoke('pg_catalog.substring(bytea, integer, integer)');
	const victim = await stage.session();
	void victim.start('create index concurrently big_id on big (id)');
	await victim.untilBlocked();
	const run = await stage.run({user: 'monsig'});
	await run.select(victim.pid);
	expect(await asked(run, 'c', unread)).toMatch(/it works CONCURRENTLY/);
	await run.press('y');
	await told(run, /query ended \d\.\ds after c: idle now/);

	// What is as usual goes as usual, but for the question.
	const sleeper = await running('select pg_sleep(600)');
	await run.select(sleeper.pid);
	expect(await answerYes(run, 'k', unread)).not.toMatch(/CONCURRENTLY/);
	await told(run, new RegExp(`${sleeper.pid} ended \\d\\.\\ds after k`));
});
