import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeAll, expect, onTestFinished, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {start} from '../../helpers/terminal/terminal.js';
import {down, newestNode, onEachNode, press} from '../stage.js';
import {openWaiting, orders} from './chain.js';

onEachNode({among: newestNode, isCleared: true}, (stage, node) => {
	beforeAll(async () => {
		await stage.cluster.observe(orders);
	});

	test('a new user ends the three that have been idle in transaction for longest: six keys, and what that set free', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'pgtop-many-'));
		onTestFinished(async () => rm(folder, {recursive: true}));
		const file = join(folder, 'audit.jsonl');
		const {cluster} = stage;
		const oldest = [];
		for (const row of [1, 2, 3])
			oldest.push(await stage.open(`begin; update orders set n = 1 where id = ${row}`));
		const latest = await stage.open('begin; select 1');
		const waiters = [];
		for (const row of [1, 2, 3])
			waiters.push(await openWaiting(stage, `update orders set n = 2 where id = ${row}`));

		const way = ['-h', cluster.host, '-p', String(cluster.port), '-U', 'postgres', '-d', 'appdb'];
		const terminal = start([...way, '--interval', '0.5', '--audit-log', file], {node});
		onTestFinished(async () => terminal.end());
		await terminal.until('PRIMARY');
		await terminal.type('/');
		await terminal.until(/^filter: /);
		await terminal.type('state:idletx');
		await terminal.until(/^filter: state:idletx +4 of \d+/);
		await terminal.type('\r');
		await terminal.until(/^filter state:idletx: 4 of \d+, Esc clears/);

		await terminal.type(down);
		await terminal.until(new RegExp(`^># +${oldest[0]?.pid} `));
		for (const {pid} of oldest) {
			await terminal.type(60, ' ');
			await terminal.until(new RegExp(`^ \\* +${pid} `));
		}

		await terminal.until(/^k end 3 {2}U untag /);
		// For a second after the filter line c and k do nothing.
		await press(terminal, 'k', /^k: end the session of 3 tagged\?/);
		expect(terminal.find(/^ {2}3 idle-tx {2}all of \S+ {2}oldest transaction .* of \d+/)).toBeGreaterThan(0);
		await press(terminal, 'y', /^3 signals: 3 ended, 3 went on - L/);
		for (const {pid} of oldest)
			expect(terminal.find(new RegExp(`^ [ #] +${pid} .* gone `))).toBeGreaterThan(0);
		await waitUntil(
			cluster,
			`(select count(*) from pg_stat_get_activity(null) where pid in (${oldest.map(({pid}) => pid).join(', ')})) = 0`,
		);
		expect(await latest.activity()).toMatchObject({state: 'idle in transaction'});
		for (const {pid} of waiters)
			await waitUntil(cluster, `exists (select from pg_stat_activity where pid = ${pid} and state = 'idle')`);
		expect(await stage.signalsSent()).toBe(3);

		await terminal.type('L');
		await terminal.until(/^Signals of this run/);
		const page = terminal.screen().join(' ').replaceAll(/\s+/g, ' ');
		for (const {pid} of oldest)
			expect(page).toMatch(
				new RegExp(` k ${pid} [^:]*, idle-tx \\S+, blocks 1: ended \\d\\.\\ds after k: 1 went on `),
			);

		const lines = (await readFile(file, 'utf8'))
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(lines.map(({event, pid}) => [event, pid]).toSorted()).toEqual(
			oldest
				.flatMap(({pid}) => [
					['outcome', pid],
					['signal', pid],
				])
				.toSorted(),
		);
		for (const line of lines) {
			if (line.event === 'signal')
				expect(line).toMatchObject({signal: 'terminate', blocks: 1, frees: 'up to 1 now'});
			else expect(line).toMatchObject({outcome: 'ended', sentence: expect.stringMatching(/: 1 went on$/)});
		}
	});
});
