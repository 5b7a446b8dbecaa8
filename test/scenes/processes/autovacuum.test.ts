import {expect, test} from 'vitest';
import {newest} from '../../helpers/server/servers.js';
import {waitUntil} from '../../helpers/session/session.js';
import {answerYes, asked, selectBackground, setStage, told} from '../stage.js';

const stage = setStage({settings: {autovacuum: 'on', autovacuum_naptime: '1s'}});

test('an autovacuum worker asks first and is ended; a role without the right is told which one it needs', async () => {
	const admin = await stage.session({user: 'postgres'});
	// Few rows on each page: the worker has to be at it for minutes, so that it is not done before it is asked about twice.
	await admin.query(
		'create table dirty with (autovacuum_enabled = off, fillfactor = 10) as select generate_series(1, 20000) as id',
	);
	await admin.query('delete from dirty where id % 2 = 0');
	await admin.query(
		'alter table dirty set (autovacuum_enabled = on, autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)',
	);
	// What it counted of that table is with the others then.
	await admin.end();
	const worker = "backend_type = 'autovacuum worker' and query like '%dirty%'";
	await waitUntil(stage.cluster, `exists (select from pg_stat_activity where ${worker})`);
	const [row] = await stage.cluster.observe<{pid: number}>(
		`select pid from pg_stat_activity where ${worker}`,
	);
	const pid = row?.pid ?? 0;

	const denied = await stage.run({user: 'monsig'});
	await selectBackground(denied, pid);
	await answerYes(denied, 'k', /an autovacuum worker: it comes back by itself/);
	const missing =
		newest.major >= 18
			? /needs GRANT pg_signal_autovacuum_worker TO "monsig"/
			: /superuser only: nobody here can/;
	expect((await told(denied, missing)).outcome.outcome).toBe('denied');
	await denied.press('L');
	expect(denied.page()).toMatch(/Only roles with|must be a superuser/);
	expect(await stage.logOf(pid)).not.toContain('terminating');

	const run = await stage.run();
	await selectBackground(run, pid);
	const question = await asked(run, 'k', /an autovacuum worker: it comes back by itself/);
	expect(question).toContain('dirty');
	await run.press('y');
	const {signal} = await told(run, new RegExp(`${pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({pid, type: 'autovacuum worker', database: 'appdb'});
	expect(await stage.logOf(pid)).toContain('terminating autovacuum process due to administrator command');
});
