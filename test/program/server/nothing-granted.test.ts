import {describe, expect, test} from 'vitest';
import {endServers} from '../../helpers/server/servers.js';
import {nodes} from '../../helpers/terminal/terminal.js';
import {down, press, select, selected, setStage, sleep} from '../stage.js';

const [{node} = {node: process.execPath}] = nodes;

describe.each(endServers)('PostgreSQL $major: a role with nothing granted', binaries => {
	const stage = setStage(node, {binaries, settings: {log_statement: 'none'}});

	test('finds the longest of its own sessions and ends it, and is told why it can not see or end more', async () => {
		const other = await stage.open(sleep, {user: 'app'});
		const root = await stage.open(sleep, {user: 'postgres'});
		const longest = await stage.open(sleep, {user: 'plain'});
		const younger = await stage.open(sleep, {user: 'plain'});
		const terminal = await stage.watch({user: 'plain'});

		// Others: who they are, and that nothing else of them can be seen or done.
		await terminal.until('▲ missing: GRANT pg_read_all_stats, pg_signal_backend TO "plain"');
		for (const [{pid}, user] of [
			[other, 'app'],
			[root, 'postgres'],
		] as const)
			await terminal.until(new RegExp(`^ - +${pid} ${user.padEnd(8)} appdb {4}\\? +\\? +\\? \\?$`));
		expect(terminal.row(2)).toMatch(/^ +>=2 active +>=\d lockwait +>=0 idle-tx +>=\d idle +tx +>=\S+ of \d/);

		// The first row is the one that has been at it longest, of those that tell.
		await terminal.type(down);
		await terminal.until(selected(longest.pid));
		await press(terminal, 'k', new RegExp(`^${longest.pid} ended .* after k`));
		expect(await younger.activity()).toMatchObject({state: 'active'});

		// Why not more, and which GRANT would change that: in the question, the refusal and the details.
		await select(terminal, other.pid);
		await press(terminal, 'k', /without pg_read_all_stats neither a reused pid nor/);
		await terminal.until(/^y: yes, end it/);
		await press(terminal, 'y', `${other.pid} was not signalled: needs GRANT pg_signal_backend TO "plain"`);
		await terminal.type('\r');
		await terminal.until(/what it does: needs GRANT pg_read_all_stats TO/);
		await terminal.until('needs GRANT pg_signal_backend TO "plain"');
		expect(terminal.screen().join()).not.toContain('insufficient privilege');
		await terminal.type('\u001B');
		await select(terminal, root.pid);
		await terminal.type('\r');
		await terminal.until('superuser only: nobody here can');
		expect(await other.activity()).toMatchObject({state: 'active'});
		expect(await root.activity()).toMatchObject({state: 'active'});

		// Granted as it was told, it sees and may end the other.
		await terminal.type('\u001B');
		await stage.cluster.observe('grant pg_read_all_stats, pg_signal_backend to plain');
		// The selected session is seen otherwise from now on, and nothing is selected any more.
		await terminal.until(new RegExp(`^ . +${other.pid} app +appdb +active `));
		await terminal.until(() => terminal.find(/^>[^=]/) < 0);
		await select(terminal, other.pid);
		await press(terminal, 'k', new RegExp(`^${other.pid} ended .* after k`));
		await stage.cluster.observe('revoke pg_read_all_stats, pg_signal_backend from plain');
	});
});
