import {expect, test} from 'vitest';
import {openClient} from '../../../source/demo/open-client.js';
import {startProxy} from '../../helpers/network/proxy.js';
import {setStage} from '../stage.js';
import {askedAbout, tagAll, writtenOf} from './tagged.js';

const stage = setStage({max_connections: '520'});

const count = 500;

/** So many idle in transaction. */
async function crowd(): Promise<void> {
	const login = {user: 'app', database: 'appdb', application: 'crowd'};
	for (let open = 0; open < count; open += 20)
		await Promise.all(
			Array.from({length: 20}, async () => {
				const client = await openClient(stage.cluster, login);
				await client.query('begin');
			}),
		);
}

test('five hundred tagged sessions are ended by k and y in one go, and each is seen gone and written down', async () => {
	await crowd();
	const proxy = await startProxy(stage.cluster);
	const {host, port} = proxy;
	const run = await stage.run({host, port});
	await tagAll(run, 'crowd', count);
	await askedAbout(run, 'k', count);
	const signalled = () => proxy.sent().match(/pg_terminate_backend\(/g)?.length ?? 0;
	// No answer comes, so none is waited for.
	proxy.hold();
	await run.press('y');
	await expect.poll(signalled).toBe(count);
	const sent = proxy.sent();
	const first = sent.indexOf('pg_terminate_backend(');
	const between = sent.slice(first, sent.lastIndexOf('pg_terminate_backend('));
	// The text of a refresh, or of a look, would stand between two of them.
	expect(between).not.toContain('pg_locks');
	expect(between.match(/pg_catalog\.pg_stat_get_activity\(/g)?.length).toBe(count - 1);
	proxy.release();

	await run.says(/500 signals: 500 ended - L/);
	expect(
		await stage.cluster.observe("select from pg_stat_activity where application_name = 'crowd'"),
	).toEqual([]);
	const written = await writtenOf(run, count);
	expect([...written.values()].map(({outcome}) => outcome)).toEqual(
		Array.from({length: count}, () => 'ended'),
	);
	const lines = await run.audit();
	expect(lines.map(({event}) => event)).toEqual([
		...Array.from({length: count}, () => 'signal'),
		...Array.from({length: count}, () => 'outcome'),
	]);
	expect(run.state().screen.tags.size).toBe(0);
	await run.press('L');
	expect(run.page()).toContain('k on 500 sessions: 500 ended');
});
