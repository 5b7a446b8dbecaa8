import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {home, newestNode, onEachNode, select, sleep} from '../stage.js';

const [esc, enter] = ['\u001B', '\r'];

/** Until the row of this session begins with these marks. */
const untilMarked = async (terminal: Terminal, pid: number, marks: string) =>
	terminal.until(() => terminal.find(new RegExp(`^${marks.replace('*', '\\*')} *${pid} `)) >= 0);

onEachNode({among: newestNode, isCleared: true}, stage => {
	test.sequential('Space tags, whatever is sorted or filtered; T tags what matches, and U untags all', async () => {
		const first = await stage.open(sleep, {user: 'plain'});
		const second = await stage.open(sleep);
		const third = await stage.open(sleep, {user: 'plain'});
		const terminal = await stage.watch();
		await terminal.type(' ');
		await terminal.until(/^select a session first: the arrows move/);

		await select(terminal, second.pid);
		await terminal.type(60, ' ');
		await untilMarked(terminal, second.pid, ' *');
		await untilMarked(terminal, third.pid, '> ');
		await terminal.until(/^c cancel 1 {2}k end 1 {2}U untag/);

		await terminal.type(60, 'R');
		await terminal.until(() => {
			const [one, other] = [third, first].map(({pid}) => terminal.find(new RegExp(`^[> ][ *] *${pid} `)));
			return one !== undefined && other !== undefined && one >= 0 && one < other;
		});
		await untilMarked(terminal, second.pid, ' *');
		await terminal.type(60, 'R');

		await terminal.type(60, '/', 60, 'user:plain', 60, enter);
		await terminal.until(/^filter user:plain: 2 of 4, Esc clears$/);
		await terminal.until(new RegExp(`^ \\* *${second.pid} .*not in filter`));
		await terminal.type(60, 'T');
		await terminal.until(/^2 more tagged, 3 in all; filter: 2 of 4$/);
		await untilMarked(terminal, first.pid, ' *');
		await untilMarked(terminal, third.pid, '>*');
		await terminal.until(/^c cancel 3 {2}k end 3 {2}U untag/);

		await terminal.type(60, esc);
		await terminal.until(/^no filter any more/);
		await terminal.type(300, esc);
		await untilMarked(terminal, third.pid, ' *');

		await stage.cluster.observe(`select pg_terminate_backend(${third.pid})`);
		await terminal.until(new RegExp(`^${third.pid} has ended: not tagged any more`));
		await terminal.until(/^c cancel 2 {2}k end 2 {2}U untag/);

		await terminal.type(60, 'U');
		await terminal.until(/^2 untagged/);
		await untilMarked(terminal, first.pid, '  ');
		await untilMarked(terminal, second.pid, '  ');
		await terminal.type(60, home, 60, 'U');
		await terminal.until(/^nothing is tagged: Space tags the selected session/);
		expect(await stage.signalsSent()).toBe(0);
	});
});
