import {writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {down, onEachNode, press, select, selected, sleep} from '../stage.js';

const clock = (terminal: Terminal) => /\d\d:\d\d:\d\d/.exec(terminal.row(0))?.[0];

/** Scrolls a page with a key until a line is shown. The next key waits for what the one before has brought: a slow machine would scroll past the line. */
async function scrollTo(terminal: Terminal, line: RegExp, key: string): Promise<void> {
	while (terminal.find(line) < 0) {
		const before = terminal.row(0);
		await terminal.type(key);
		await terminal.until(() => terminal.row(0) !== before);
	}
}

onEachNode({isConcurrent: true, isCleared: true}, stage => {
	test.sequential('? shows every key, in which c and k do nothing, and Esc leaves', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, session.pid);

		await terminal.type('?');
		await terminal.until(/^ *k +end the session, or all tagged: pg_terminate_backend$/);
		await scrollTo(terminal, /^ *Ctrl-Z +to the shell; fg comes back$/, ' ');
		await terminal.until(/^Space next page {2}Esc back$/);
		expect(terminal.find(/^>/)).toBe(-1);
		await press(terminal, 'k', 'c and k act on the list only: Esc goes back');
		await terminal.type('\u001B');
		await terminal.until(selected(session.pid));
		await terminal.type('h');
		await terminal.until(/ Esc back/);
		await terminal.type('?');
		await terminal.until(selected(session.pid));
		expect(await session.activity()).toMatchObject({state: 'active'});
		expect(await stage.signalsSent()).toBe(0);
	});

	test.sequential('in a low terminal the help scrolls', async () => {
		const terminal = await stage.watch({columns: 60, rows: 10});
		await terminal.type('?');
		await terminal.until(/^ keys +c +cancel the query/);
		await scrollTo(terminal, /^ *q Ctrl-C +quit/, down);
	});

	test.sequential('Esc gives the selection up', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, session.pid);
		await terminal.type('\u001B');
		await terminal.until(() => terminal.find(/^>/) < 0);
		// Half a second long it might have been the beginning of something.
		await terminal.type(600);
		await press(terminal, 'k', 'select a session first: the arrows move');
	});

	test.sequential('< > and R choose the order', async () => {
		const [old, young] = [await stage.open(sleep), await stage.open(sleep)];
		await stage.open('select 1');
		const terminal = await stage.watch({columns: 100});
		const line = (pid: number) => terminal.find(new RegExp(`^ +${pid} app`));
		const order = () => [old.pid, young.pid].sort((a, b) => line(a) - line(b));
		expect(order()).toEqual([old.pid, young.pid]);

		await terminal.type('R');
		await terminal.until(' TIME▲ ');
		await terminal.until(() => order()[0] === young.pid);
		// Values are turned round, the missing ones stay last.
		expect(terminal.row(7)).toContain(' idle ');
		await terminal.type('>');
		await terminal.until('sorted by XACT: age of the transaction');
		expect(terminal.row(4)).toContain(' XACT▼ ');
		expect(order()).toEqual([old.pid, young.pid]);
		await terminal.type('<', 20, '<');
		await terminal.until('sorted by WAIT: ');
		expect(terminal.row(4)).toContain(' WAIT▲ ');
	});

	test.sequential('i hides idle sessions but not the selected one, a shows background processes', async () => {
		const [first, second] = [await stage.open('select 1'), await stage.open('select 1')];
		const terminal = await stage.watch();
		await select(terminal, first.pid);

		await terminal.type('i');
		await terminal.until('idle sessions hidden');
		await terminal.until(() => terminal.find(` ${second.pid} `) < 0);
		expect(terminal.row(terminal.find(selected(first.pid)))).toContain(' hidden ');
		await terminal.type('i');
		await terminal.until('idle sessions shown');
		await terminal.until(` ${second.pid} `);

		await terminal.type('a');
		await terminal.until('background processes shown');
		await terminal.until(/checkpointer$/);
		await terminal.type('a');
		await terminal.until('background processes hidden');
		await terminal.until(() => terminal.find('checkpointer') < 0);
	});

	test.sequential('p holds the picture, r asks for one all the same, p goes on', async () => {
		const first = await stage.open(sleep);
		const terminal = await stage.watch();
		await terminal.until(` ${first.pid} `);

		await terminal.type('p');
		await terminal.until(/^held, \d+s old: p goes on/);
		const second = await stage.open(sleep);
		const held = clock(terminal);
		await terminal.until(/^held, (?:[2-9]|\d\d)s old: p goes on/);
		expect(clock(terminal)).toBe(held);
		expect(terminal.find(` ${second.pid} `)).toBe(-1);
		await terminal.type('r');
		await terminal.until(` ${second.pid} `);
		expect(clock(terminal)).not.toBe(held);
		await terminal.until(/^held, /);

		const third = await stage.open(sleep);
		await terminal.type('p');
		await terminal.until(` ${third.pid} `);
		await terminal.until(() => terminal.find('held') < 0);
	});

	test.sequential('+ and - change the interval, r and Ctrl-R do not wait for it', async () => {
		const terminal = await stage.watch({args: ['--interval', '30']});
		await terminal.until(/ tps /);
		await terminal.type('+');
		await terminal.until(/every 60s /);
		await terminal.type(60, '-', 20, '-');
		await terminal.until(/every 20s /);
		for (const key of ['r', '\u0012']) {
			const {pid} = await stage.open(sleep);
			await terminal.type(key);
			await terminal.until(` ${pid} `);
		}
	});

	test.sequential('Ctrl-L repairs a screen that something else has written on', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch({
			args: ['--interval', '60'],
			under: ['sh', '-c', 'tty; exec "$@"', 'sh'],
		});
		await terminal.until(/ tps /);
		await select(terminal, session.pid);
		// The rights come after the first picture, and bring an alert.
		await terminal.until('log_statement = all');
		const before = terminal.screen();
		const [device] = /\/dev\/\w+(\/\w+)?/.exec(terminal.bytes().toString()) ?? [];

		await writeFile(device ?? '', `\u001B[2;10Hgarbage\u001B[6;1H${'garbage\r\n'.repeat(30)}`);
		await terminal.until('garbage');
		await terminal.type('\u000C');

		await terminal.until(() => terminal.find('garbage') < 0);
		await terminal.until('q quit');
		expect(terminal.screen()).toEqual(before);
		expect(terminal.isCursorShown()).toBe(false);
	});
});
