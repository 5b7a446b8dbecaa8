import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, select, selected, sleep} from '../stage.js';

/** Foreground and background colours, of 8, 16, 256 or all; not bold, dim and inverse. */
const colour = /\u001B\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)[\d;]*m/;

onEachNode({among: newestNode, isCleared: true}, stage => {
	const stateCell = (terminal: Terminal, pid: number) =>
		terminal.cell(terminal.row(4).indexOf('STATE'), terminal.find(` ${pid} app`));
	const waitCell = (terminal: Terminal, pid: number) =>
		terminal.cell(terminal.row(4).indexOf('WAIT'), terminal.find(` ${pid} app`));

	test.sequential.each([{}, {NO_COLOR: ''}])('what matters has a colour, with %j', async env => {
		const lock = 'select pg_advisory_lock(1)';
		const [active, waiting] = [await stage.open(sleep), await stage.open('select 1')];
		const holder = await stage.open(lock);
		void waiting.start(lock);
		await waiting.untilActive();
		const terminal = await stage.watch({env});
		await terminal.until(` lock < ${holder.pid} `);
		expect(waitCell(terminal, waiting.pid)).toMatchObject({text: 'l', isColoured: true});
		expect(waitCell(terminal, active.pid)).toMatchObject({text: 'P', isColoured: false});
	});

	test.sequential.each([{}, {NO_COLOR: ''}])(
		'what runs has a colour where the background is known, with %j',
		async env => {
			const active = await stage.open(sleep);
			const terminal = await stage.watch({env, args: ['--theme=dark']});
			expect(stateCell(terminal, active.pid)).toMatchObject({text: 'a', isColoured: true});
		},
	);

	test.sequential('what waits for a lock is red in the header, whatever the background', async () => {
		const holder = await stage.open('select pg_advisory_lock(7)');
		const waiting = await stage.open('select 1');
		void waiting.start('select pg_advisory_lock(7)');
		const terminal = await stage.watch({});
		await terminal.until(/ 1 lockwait /);
		expect(holder.pid).not.toBe(waiting.pid);
		expect(terminal.cell(terminal.row(2).indexOf('lockwait'), 2)).toMatchObject({
			text: 'l',
			isColoured: true,
		});
	});

	test.sequential.each(['dark', 'light'])(
		'with --theme=%s the selected row keeps its colours',
		async theme => {
			const active = await stage.open(sleep);
			const terminal = await stage.watch({args: [`--theme=${theme}`]});
			await select(terminal, active.pid);
			expect(stateCell(terminal, active.pid)).toMatchObject({text: 'a', isColoured: true, isInverse: false});
		},
	);

	test.sequential('a vt100 gets neither colours nor signs, though its locale has them', async () => {
		const open = await stage.open('begin');
		const terminal = await stage.watch({env: {TERM: 'vt100', LC_ALL: 'C.UTF-8'}});
		await terminal.until(` ${open.pid} app`);
		expect(terminal.row(1)).toMatch(/^conn \[-{8}\] +\d+\/100 /);
		expect(terminal.row(4)).toContain(' TIME^ ');
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
		expect(terminal.bytes().toString()).not.toMatch(/[^\0-~]/);
		expect(colour.exec(terminal.bytes().toString())).toBeNull();
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
