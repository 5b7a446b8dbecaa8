import {expect, test} from 'vitest';
import {callFast} from '../../helpers/session/fastpath.js';
import {waitUntil} from '../../helpers/session/session.js';
import {letGo, setStage, told, untilAgain, untilLookedAt} from '../stage.js';

const stage = setStage();

/** The oid of pg_catalog.pg_sleep, the same on every server. */
const pgSleep = 2626;

const isCalling = (pid: number) =>
	`exists (select from pg_stat_activity where pid = ${pid} and state = 'fastpath function call' and wait_event = 'PgSleep')`;

async function call({client, pid}: Awaited<ReturnType<typeof stage.session>>) {
	const end = callFast(client, pgSleep, '600');
	await waitUntil(stage.cluster, isCalling(pid));
	return {end};
}

/** The picture is held on a query, which has ended since; a fastpath call of a later transaction runs in its place. */
async function onHeldQuery() {
	const victim = await stage.session();
	const over = victim.start('select pg_sleep(600)').catch((error: unknown) => error);
	await victim.untilActive();
	const run = await stage.run();
	await run.select(victim.pid);
	await untilLookedAt(run, ({state}) => state === 'active');
	await run.press('p');
	await stage.cluster.observe(`select pg_cancel_backend(${victim.pid})`);
	await over;
	await call(victim);
	return {victim, run, before: await stage.logOf(victim.pid)};
}

test('c on a held picture of a query that has ended does not hit the fastpath call that runs since', async () => {
	const {victim, run, before} = await onHeldQuery();
	await run.press('c');
	const {signal, outcome} = await told(run, /runs another query now, not cancelled/);
	expect(signal).toMatchObject({signal: 'cancel', query: 'select pg_sleep(600)', state: 'active'});
	expect(outcome.outcome).toBe('changed');
	expect(await victim.activity()).toMatchObject({state: 'fastpath function call', wait_event: 'PgSleep'});
	expect(await stage.logOf(victim.pid)).toBe(before);
});

test('k on that picture is held back, and k again ends the session', async () => {
	const {victim, run, before} = await onHeldQuery();
	await run.press('k');
	const {outcome} = await told(run, /has ended that transaction, now fastpath. k again ends the session/);
	expect(outcome.outcome).toBe('changed');
	expect(await stage.logOf(victim.pid)).toBe(before);
	await untilAgain(run);
	await run.press('k');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await stage.logOf(victim.pid)).toContain('terminating connection');
});

test('c on a fastpath call cancels that one, and on the same picture not the next', async () => {
	const victim = await stage.session();
	await victim.query('select 1');
	const {end} = await call(victim);
	const run = await stage.run();
	await run.select(victim.pid);
	await untilLookedAt(run, ({state}) => state === 'fastpath function call');
	await run.press('p');
	await run.press('c');
	const {signal, outcome} = await told(run, /query ended \d\.\ds after c: idle now/);
	expect(signal).toMatchObject({state: 'fastpath function call', queryAge: null});
	expect(outcome.outcome).toBe('query ended');
	expect(await end).toBe('57014');

	const log = await stage.logOf(victim.pid);
	await call(victim);
	await letGo(run);
	await run.press('c');
	const next = await told(run, /runs another query now, not cancelled/);
	expect(next.outcome.outcome).toBe('changed');
	expect(await stage.logOf(victim.pid)).toBe(log);
});
