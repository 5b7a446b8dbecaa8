import {expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {down, newestNode, onEachNode, press, select, selected, sleep} from '../stage.js';

const lost = /^lost (\d+\.)?\d*s ago, (next try in \d+s|trying now): /;

onEachNode({among: newestNode, isCleared: true}, stage => {
	test.sequential('a restart of the server is survived, and nothing of before can be hit', async () => {
		const [first, second] = [await stage.open(sleep), await stage.open(sleep)];
		const terminal = await stage.watch();
		await select(terminal, first.pid);

		await stage.cluster.halt('fast');
		await terminal.until(lost);
		// The last picture stays, and says that it is old.
		expect(terminal.row(terminal.find(selected(first.pid)))).toMatch(/ stale .* select pg_sleep/);
		expect(terminal.row(terminal.find(` ${second.pid} app`))).toMatch(/ stale .* select pg_sleep/);
		expect(terminal.cell(30, terminal.find(` ${second.pid} app`))).toMatchObject({isDim: true});
		await terminal.type(down);
		await terminal.until(selected(second.pid));
		await terminal.type('?');
		await terminal.until(/ Esc back/);
		await terminal.type('?');
		await terminal.until(selected(second.pid));
		await press(terminal, 'k', /^lost [1-9]\d*s ago, /);

		await stage.cluster.start();
		await terminal.until('this is another server, or it was restarted');
		await terminal.until(new RegExp(`^> *${second.pid} .* stale `));
		await terminal.until(() => terminal.find(` ${first.pid} app`) < 0);
		await press(terminal, 'k', `${second.pid} is of the server before: nothing is known of it`);

		const next = await stage.open(sleep);
		await select(terminal, next.pid);
		await press(terminal, 'k', new RegExp(`^${next.pid} ended .* after k`));
	});

	test.sequential('what was signalled before does not hide that the server was restarted', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, session.pid);
		await press(terminal, 'k', new RegExp(`^${session.pid} ended .* after k`));

		await stage.cluster.halt('fast');
		await terminal.until(lost);
		await stage.cluster.start();

		await terminal.until('this is another server, or it was restarted');
	});

	test.sequential('a server that goes at once is survived too, and q quits while it is down', async () => {
		await stage.open(sleep);
		const terminal = await stage.watch();

		await stage.cluster.halt('immediate');
		await terminal.until(lost);
		await terminal.type('q');

		expect(await terminal.exit()).toBe(0);
		expect(terminal.isAlternate()).toBe(false);
		await stage.cluster.start();
	});

	test.sequential('after an ended connection of its own it comes back to the same picture', async () => {
		const [first, second] = [await stage.open(sleep), await stage.open(sleep)];
		const terminal = await stage.watch();
		await select(terminal, second.pid);

		const isLost = terminal.catches(lost);
		await stage.cluster.observe(
			"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgtop'",
		);
		await isLost();
		await terminal.until(() => terminal.find(lost) < 0);
		await terminal.until(new RegExp(`^> *${second.pid} .* active `));
		expect(terminal.find('another server')).toBe(-1);

		await press(terminal, 'k', new RegExp(`^${second.pid} ended .* after k`));
		expect(await first.activity()).toMatchObject({state: 'active'});
	});

	test.sequential('a server that refuses for a while is asked again, and the reason is shown', async () => {
		const terminal = await stage.watch();
		await stage.cluster.observe('alter system set max_connections = 40');
		await stage.cluster.halt('fast');
		await terminal.until(/: .*(refused|no socket|terminat)/);
		await stage.cluster.start();
		await terminal.until('this is another server, or it was restarted');
		await waitUntil(
			stage.cluster,
			"(select count(*) = 1 from pg_stat_activity where application_name = 'pgtop')",
		);
	});
});
