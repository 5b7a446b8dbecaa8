import {expect, test} from 'vitest';
import {openClient} from '../../../source/demo/open-client.js';
import {startProxy} from '../../helpers/network/proxy.js';
import {setStage} from '../stage.js';
import {askedAbout, outcomesByPid, tagAll, writtenOf} from './tagged.js';

const stage = setStage({settings: {max_connections: '520'}});

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

	// On a slow machine the last ones come too late: they stay tagged, and the same keys end them.
	let rest = count;
	let told = count;
	while (rest > 0) {
		await expect.poll(async () => (await run.outcomeLines()).length).toBe(told);
		await writtenOf(run, count);
		const outcomes = [...(await outcomesByPid(run)).values()].map(({outcome}) => outcome);
		const late = outcomes.filter(outcome => outcome === 'too late').length;
		expect(outcomes.filter(outcome => outcome === 'ended')).toHaveLength(count - late);
		await run.says(late === 0 ? /ended(?:, \d+ gone when looked at)? - L/ : /too late - L/);
		expect(
			await stage.cluster.observe("select from pg_stat_activity where application_name = 'crowd'"),
		).toHaveLength(late);
		expect(run.state().screen.tags.size).toBe(late);
		if (told === count) {
			const events = (await run.audit()).map(({event}) => event);
			expect(events.indexOf('outcome')).toBe(count);
		}
		rest = late;
		told += late;
		if (late === 0) break;
		await askedAbout(run, 'k', late);
		await run.press('y');
	}

	await run.press('L');
	expect(run.page()).toMatch(/k on \d+ sessions: \d+ ended/);
});
