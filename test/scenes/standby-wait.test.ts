import {expect, test} from 'vitest';
import {waitUntil} from '../helpers/session.js';
import {answerYes, letGo, setStage, told} from './stage.js';

// A standby that never comes: every commit that writes waits for it.
const stage = setStage({synchronous_standby_names: 'missing'});

async function waitingCommit(id: number) {
	const admin = await stage.session({user: 'postgres'});
	await admin.query('set synchronous_commit = local');
	await admin.query('create table if not exists orders (id int)');
	await admin.query('grant all on orders to app');
	const victim = await stage.session();
	await victim.query('begin');
	await victim.query(`insert into orders values (${id})`);
	const committed = victim.start('commit').catch((error: unknown) => error);
	await waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where pid = ${victim.pid} and wait_event = 'SyncRep')`,
	);
	return {victim, committed};
}

const isThere = async (id: number) => stage.cluster.observe(`select id from orders where id = ${id}`);

const question = /is committed here: . only ends the wait for the standby,\s+and\s+a\s+failover may lose it/;

test('k on a commit that waits for the standby asks first; the commit stays', async () => {
	const {victim} = await waitingCommit(1);
	const run = await stage.run();
	await run.select(victim.pid);
	expect(await answerYes(run, 'k', question)).toContain('has written');
	const {signal, outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({signal: 'terminate', wait: 'IPC:SyncRep', query: 'commit'});
	expect(outcome.outcome).toBe('ended');
	expect(await isThere(1)).toEqual([{id: 1}]);
	expect(await stage.logOf(victim.pid)).toMatch(/canceling the wait for synchronous replication/);
});

test('c on a commit that waits for the standby asks first, ends only the wait, and claims no more than that', async () => {
	const {victim, committed} = await waitingCommit(2);
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('c');
	await run.says(question);
	await run.press('n');
	await run.says(/c: no, nothing was sent/);
	expect(await run.signalLines()).toEqual([]);
	expect(await victim.activity()).toMatchObject({wait_event: 'SyncRep'});

	await letGo(run);
	await answerYes(run, 'c', question);
	const {signal, outcome} = await told(run, /query ended \d\.\ds after c: idle now/);
	expect(signal).toMatchObject({signal: 'cancel', wait: 'IPC:SyncRep'});
	expect(outcome.outcome).toBe('cancelled');
	expect(await committed).toBeUndefined();
	expect(await isThere(2)).toEqual([{id: 2}]);
	expect(await stage.logOf(victim.pid)).toMatch(
		/canceling wait for synchronous replication due to user request/,
	);
});
