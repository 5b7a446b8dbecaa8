import {expect, test} from 'vitest';
import {nodes, type Terminal} from '../../helpers/terminal/terminal.js';
import {down, onEachNode, select, sleep} from '../stage.js';

const sizes = [
	...[
		[80, 24],
		[2, 2],
		[200, 1],
		[1, 200],
		[500, 1],
		[39, 10],
		[40, 9],
		[40, 10],
		[500, 200],
		[80, 24],
	],
] as const;

/** The first line, which every screen with room for the list has. */
const isWhole = (terminal: Terminal, columns: number, rows: number) =>
	columns < 40 || rows < 10
		? terminal.row(0) !== '' &&
			`pgtop needs 40x10, not ${columns}x${rows}`.startsWith(terminal.row(0).replace(/~$/, ''))
		: terminal.row(0).length === columns && terminal.row(0).startsWith('pgtop');

// Sizes and keys are the program's own business: one Node.js tells enough.
onEachNode({among: nodes.slice(0, 1), isCleared: true}, stage => {
	test('at any size, and after a hundred others, the screen is whole', async () => {
		await stage.open(sleep);
		const terminal = await stage.watch();
		for (const [columns, rows] of sizes) {
			terminal.resize(Math.max(2, columns), rows);
			await terminal.until(() => isWhole(terminal, Math.max(2, columns), rows));
		}

		for (let turn = 0; turn < 100; turn++)
			terminal.resize(2 + ((turn * 7919) % 260), 1 + ((turn * 104_729) % 70));
		terminal.resize(97, 31);
		await terminal.until(() => isWhole(terminal, 97, 31) && /q quit$/.test(terminal.row(-1)));
		expect(terminal.find(/ active .* select pg_sleep/)).toBeGreaterThan(0);
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
	});

	test.each(['linux', 'vt100', 'screen', 'tmux-256color', 'xterm', '', 'never-heard-of'])(
		'with TERM=%j it draws, quits and gives the screen back',
		async term => {
			const terminal = await stage.watch({env: {TERM: term}});
			await terminal.until(/q quit$/);
			await terminal.type('q');
			expect(await terminal.exit()).toBe(0);
			expect([terminal.isAlternate(), terminal.isCursorShown(), terminal.isPasteBracketed()]).toEqual([
				false,
				true,
				false,
			]);
		},
	);

	test('a flood of bytes signals nothing, and the next key is heard', async () => {
		const {pid} = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, pid);
		await terminal.type(600);
		const floods = [
			`\u001B[200~${'k'.repeat(1024 ** 2)}\u001B[201~`,
			'ky'.repeat(2048),
			down.repeat(10_000),
			'\u001B[<35;10;20M'.repeat(500),
			`${'\u001B[M !!'.repeat(300)}\u001B[Mkkk`,
		];
		for (const flood of floods) {
			await terminal.type(flood, 100, '?');
			await terminal.until('pg_terminate_backend');
			await terminal.type(100, 'q');
			await terminal.until(/q quit$/);
		}

		expect(await stage.signalsSent()).toBe(0);
		expect(await stage.cluster.observe(`select 1 from pg_stat_activity where pid = ${pid}`)).toHaveLength(1);
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
	});
});
