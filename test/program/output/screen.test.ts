import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, select, sleep} from '../stage.js';

const titles = {
	40: '      PID  TIME▼ QUERY',
	80: '      PID USER     DB       STATE    WAIT           TIME▼ QUERY',
};

// Logged statements would be an alert, and here the screen is that of a calm server.
onEachNode({among: newestNode, isCleared: true, settings: {log_statement: 'none'}}, stage => {
	test.sequential('at 80x24 every line is where and what it has to be', async () => {
		const open = await stage.open('begin');
		const asleep = await stage.open(sleep);
		const terminal = await stage.watch();
		await terminal.until(/ hit +\d/);

		const [server, rates, sessions, alert, heading, ...others] = terminal.screen();
		expect(server).toMatch(
			/^pgtop \S+~\S+:5432\/appdb {2}PG \d+\.\d+ {2}PRIMARY {1,2}every 0\.5s {2}\d\d:\d\d:\d\d UTC$/,
		);
		expect(server).toHaveLength(80);
		expect(rates).toMatch(/^conn ·{10} {3}4\/100 {2}tps .{15} {2}hit +\d+(\.\d)?% {2}wal /);
		expect(sessions).toMatch(
			new RegExp(`^  1 active    0 lockwait    1 idle-tx    1 idle  longest tx +[\\d.]+s of ${open.pid}$`),
		);
		expect(alert).toBe('');
		expect(heading).toBe(titles[80]);
		const pid = (value: number) => String(value).padStart(9);
		expect(others[0]).toMatch(
			new RegExp(
				`^${pid(open.pid)} app      appdb    idle-tx  client {10}(?:\\d\\.| \\d)\\ds idle \\d+s: begin$`,
			),
		);
		expect(others[1]).toMatch(
			new RegExp(
				`^${pid(asleep.pid)} app      appdb    active   PgSleep {9}(?:\\d\\.| \\d)\\ds select pg_sleep\\(600\\)$`,
			),
		);
		expect(others[2]).toMatch(/^ +\d+ postgres appdb {4}idle {24}-(?: idle .*)?$/);
		expect(others.slice(3, -1).join('')).toBe('');
		expect(others.at(-1)).toMatch(/^Up Down select {2}.* {2}\? help {2}q quit$/);
		expect(others).toHaveLength(19);
	});

	test.sequential('titles and the selected row are as wide as the terminal', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, session.pid);
		for (const column of [0, 40, 79]) {
			expect(terminal.cell(column, 4)).toMatchObject({isBold: true, isInverse: false});
			expect(terminal.cell(column, 5)).toMatchObject({isInverse: true});
			expect(terminal.cell(column, 6)).toMatchObject({isInverse: false});
		}
	});

	test.sequential('at 200x50 more columns stand beside each other', async () => {
		const session = await stage.open(sleep, {application: 'billing'});
		const terminal = await stage.watch({columns: 200, rows: 50});

		expect(terminal.row(0)).toMatch(
			/^pgtop postgres@\[local:\/\S+\]:5432\/appdb {2}PG \S+ {2}PRIMARY {2}up \d+\w+ +every 0\.5s {2}\d\d:\d\d:\d\d UTC$/,
		);
		expect(terminal.row(0)).toHaveLength(200);
		expect(terminal.row(4)).toMatch(
			/^ {6}PID USER {5}DB {7}APP {13}CLIENT {10}STATE {4}WAIT {11}TIME▼ {3}XACT {2}SINCE .*\bQUERY$/,
		);
		expect(terminal.row(5)).toMatch(
			new RegExp(
				`^ +${session.pid} app {6}appdb {4}billing {9}local {11}active {3}PgSleep {6}( {3}(?:\\d\\.| \\d)\\ds){3} .*\\bselect pg_sleep\\(600\\)$`,
			),
		);
		expect(terminal.row(-1)).toMatch(/q quit$/);
	});

	test.sequential('at 40x10 the header is one line and there is no footer', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch({columns: 40, rows: 10});

		expect(terminal.row(0)).toMatch(/^pgtop .*PRIMARY .*every 0\.5s .*\d\d:\d\d:\d\d$/);
		expect(terminal.row(0)).toHaveLength(40);
		expect(terminal.row(1)).toBe(titles[40]);
		expect(terminal.row(2)).toMatch(new RegExp(`^ +${session.pid} +[\\d.]+s select pg_sleep\\(600\\)$`));
		await select(terminal, session.pid);
		expect(terminal.cell(39, 2)).toMatchObject({isInverse: true});
		expect(terminal.row(-1)).toBe('');
	});

	test.sequential.each([
		[39, 10],
		[40, 9],
		[20, 5],
	])('%ix%i is too small: one line says so, and k does nothing there', async (columns, rows) => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, session.pid);

		terminal.resize(columns, rows);
		const words = `pgtop needs 40x10, not ${columns}x${rows}`;
		const shown = words.length > columns ? `${words.slice(0, columns - 1)}~` : words;
		await terminal.until(() => terminal.screen().join('\n').trimEnd() === shown);
		await terminal.type(350, 'k');
		await terminal.until(/^this terminal/);

		terminal.resize(80, 24);
		await terminal.until(() => isWhole(terminal, 80, 24, 2));
		expect(terminal.row(5)).toMatch(new RegExp(`^> *${session.pid} .* select pg_sleep`));
		expect(await session.activity()).toMatchObject({state: 'active'});
	});

	test.sequential.each([
		[99, 30],
		[81, 24],
		[50, 30],
	])(
		'a terminal made smaller, %ix%i, shows one whole picture of lines that it filled',
		async (columns, rows) => {
			const long = await stage.open('select 1');
			void long.start(`select pg_sleep(600) as ${'long_name_'.repeat(30)}`);
			await long.untilActive();
			const terminal = await stage.watch({columns: 100, rows: 30});
			await select(terminal, long.pid);
			await terminal.until(/ hit +\d/);

			terminal.resize(columns, rows);

			await terminal.until(() => isWhole(terminal, columns, rows, 2));
			expect(terminal.row(5)).toMatch(new RegExp(`^> *${long.pid} .*select.*~$`));
		},
	);

	test.sequential('a size that was another for a moment leaves the picture whole', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch({args: ['--interval', '60']});
		await terminal.until(new RegExp(`^ +${session.pid} app `));

		terminal.resize(30, 5);
		terminal.resize(80, 24);

		await terminal.until(() => isWhole(terminal, 80, 24, 2));
		expect(terminal.row(5)).toContain(` ${session.pid} app `);
	});

	test.sequential('a start in a terminal that is too small is no end', async () => {
		const terminal = stage.play({columns: 10, rows: 1});
		await terminal.until('pgtop nee~');
		terminal.resize(80, 24);
		await terminal.until(() => isWhole(terminal, 80, 24, 1));
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
	});

	test.sequential.each([0, 200, 500])(
		'many sizes from %i ms after the start on leave nothing of the old ones',
		async pause => {
			const session = await stage.open(sleep);
			const terminal = stage.play();
			await terminal.type(pause);
			for (const [columns, rows] of [
				[120, 40],
				[40, 10],
				[2, 2],
				[200, 12],
				[30, 50],
				[100, 30],
			] as const) {
				terminal.resize(columns, rows);
				await terminal.type(20);
			}

			await terminal.until(() => isWhole(terminal, 100, 30, 2));
			expect(terminal.row(5)).toContain(` ${session.pid} app `);
		},
	);
});

/** Whether header, titles and footer stand where they have to, each once, and between them so many rows and nothing else. */
function isWhole(terminal: Terminal, columns: number, rows: number, sessions: number): boolean {
	const lines = terminal.screen();
	const found = ['pgtop ', '      PID ', 'q quit'].flatMap(words =>
		lines.flatMap((line, number) => (line.includes(words) ? [number] : [])),
	);
	return (
		found.join() === [0, 4, rows - 1].join() &&
		lines[0]?.length === columns &&
		lines.slice(5, 5 + sessions).every(line => /^[> ]. *\d+ /.test(line)) &&
		lines.slice(5 + sessions, rows - 2).join('') === ''
	);
}
