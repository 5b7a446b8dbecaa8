import {expect, onTestFinished, test} from 'vitest';
import {startCluster} from '../../helpers/server/cluster.js';
import {mixOf, openLoad} from './load.js';

test('the load is what it says, and leaves nothing', async () => {
	const cluster = await startCluster();
	onTestFinished(async () => cluster.stop());
	const mix = mixOf(40);
	const load = await openLoad(cluster, 40);
	const count = async (condition: string) => {
		const [row] = await cluster.observe<{many: number}>(
			`select count(*)::int many from pg_stat_activity where usename = 'app' and ${condition}`,
		);
		return row?.many;
	};
	await expect.poll(async () => count("wait_event_type = 'Lock'")).toBe(mix.chained - 1 + mix.queued);
	await expect.poll(async () => count("wait_event = 'PgSleep'")).toBe(mix.long + mix.short);
	expect(await count('true')).toBe(40);
	await expect.poll(async () => count("state = 'idle'")).toBe(mix.idle);
	// The first of the chain does nothing, and all wait for it.
	expect(await count("state = 'idle in transaction'")).toBe(mix.inTransaction + 1);
	await load.end();
	expect(await count('true')).toBe(0);
});
