import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {onEachNode, select, selected, sleep} from '../stage.js';

/** Foreground and background colours, of 8, 16, 256 or all; not bold, dim and inverse. */
const colour = /\u001B\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)[\d;]*m/;

onEachNode({isConcurrent: true, isCleared: true}, stage => {
	const stateCell = (terminal: Terminal, pid: number) =>
		terminal.cell(terminal.row(4).indexOf('STATE'), terminal.find(` ${pid} app`));
	const waitCell = (terminal: Terminal, pid: number) =>
		terminal.cell(terminal.row(4).indexOf('WAIT'), terminal.find(` ${pid} app`));

	test.sequential.each([{}, {NO_COLOR: ''}])('what matters has a colour, with %j', async env => {
		const lock = 'select pg_advisory_lock(1)';
		const [active, waiting] = [await stage.open(sleep), await stage.open('select 1')];
		await stage.open(lock);
		void waiting.start(lock);
		await waiting.untilActive();
		const terminal = await stage.watch({env});
		await terminal.until(' lock advisory ');
		expect(waitCell(terminal, waiting.pid)).toMatchObject({text: 'l', isColoured: true});
		expect(waitCell(terminal, active.pid)).toMatchObject({text: 'P', isColoured: false});
	});

	test.sequential('with NO_COLOR there is none, and all is said', async () => {
		const [active, open] = [await stage.open(sleep), await stage.open('begin')];
		const terminal = await stage.watch({env: {NO_COLOR: '1'}});
		await select(terminal, active.pid);
		await terminal.type('k');
		await terminal.until(/k ignored|after k/);
		await terminal.type('?');
		await terminal.until('Esc back');
		await terminal.type('?');
		await terminal.until(selected(active.pid));
		expect(stateCell(terminal, active.pid)).toMatchObject({isInverse: true});
		expect(terminal.row(terminal.find(` ${open.pid} app`))).toContain(' idle-tx ');
		expect(terminal.cell(8, 4)).toMatchObject({isBold: true});
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
		expect(colour.exec(terminal.bytes().toString())).toBeNull();
	});
});
