import {beforeAll, expect, test} from 'vitest';
import type {Session} from '../../helpers/session/session.js';
import {harmIn} from '../../helpers/terminal/harm-in.js';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {down, newestNode, onEachNode, selected, sleep} from '../stage.js';

const hostile = {
	'a window title': '\u001B]2;pwned\u0007',
	'the clipboard': '\u001B]52;c;cHduZWQ=\u001B\\',
	'a question for an answer': '\u001B[6n\u001B[c\u001B[21t\u001BP$qm\u001B\\',
	'an erased screen': '\u001B[2J\u001B[H\u001B[1;1Hpgtop root',
	'a reset': '\u001Bc\u001B[!p\u001B[?1049l\u001B[?2004l',
	'C1 controls': '\u009B2J\u009D2;pwned\u009C\u0090q\u0085',
	'a turned direction': '\u202Edeppord\u202C\u2066\u2067\u2068\u200F\u061C',
	'line breaks': '\n\n\r\n\r\u000B\f\u0085\u2028\u2029\n',
	'backspaces and bells': '\b\b\b\b\u007F\u007F\u0007\u000E\u000F\u0018\u001A',
	'invisible characters': '\u200B\uFEFF\u00AD\u2060\u{E0041}\u{E007F}\u180E',
	'a row of its own': `\n${'>  4388 api      shop     active'.padEnd(80)}\r`,
};

onEachNode({among: newestNode, isCleared: true}, stage => {
	beforeAll(async () => {
		await stage.cluster.observe('create role "日本語ユーザー" login');
		await stage.cluster.observe('create role "🐘é́ลำ" login');
		await stage.cluster.observe('create database "数据库🐘库"');
	});

	const openRunning = async (text: string, options = {}) => {
		const session = await stage.open('select 1', options);
		void session.start(`${sleep} /* ${text} */`);
		await session.untilActive();
		return session;
	};

	test.sequential('no text of a session reaches the terminal as anything but text', async () => {
		const sessions: Session[] = [];
		for (const text of Object.values(hostile)) {
			const session = await openRunning(text);
			sessions.push(session);
		}

		const terminal = await stage.watch({columns: 200});
		for (const [index, {pid}] of sessions.entries()) {
			await terminal.until(new RegExp(`^ +${pid} app .* select pg_sleep\\(600\\) /\\* .*`));
			expect(terminal.find(` ${pid} app`)).toBe(5 + index);
		}

		await terminal.type(down, 100, down);
		await terminal.until(selected(sessions[1]?.pid));
		terminal.resize(80, 24);
		await terminal.until(() => terminal.row(0).length === 80);
		await terminal.until(selected(sessions[1]?.pid));
		for (const [index, {pid}] of sessions.entries()) {
			const row = new RegExp(
				`^[> ] *${pid} app {6}appdb {4}active {3}PgSleep +\\d.* select pg_sleep\\(600\\) ~`,
			);
			await terminal.until(() => row.test(terminal.row(5 + index)));
		}

		expect(terminal.row(-1)).toMatch(/^c cancel {2}k end.*q quit$/);
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
		expect(harmIn(terminal.bytes())).toEqual([]);
	});

	test.sequential('no name of an application does either', async () => {
		for (const text of Object.values(hostile)) {
			const session = await stage.open('select 1');
			await session.query("select set_config('application_name', $1, false)", [text]);
			void session.start(sleep);
			await session.untilActive();
		}

		const terminal = await stage.watch({columns: 120});
		await terminal.until(/ \d\d active /);
		await terminal.type(down);
		await terminal.until(/^>/);
		const at = terminal.row(4).indexOf('STATE');
		for (const row of Object.keys(hostile).keys()) {
			expect(aligned(terminal, 5 + row, {'active   PgSleep': at})).toBe(true);
		}

		expect(harmIn(terminal.bytes())).toEqual([]);
	});

	test.sequential('wide characters, emoji and marks keep the columns aligned', async () => {
		const texts = [
			'日本語のとても長い問い合わせがここにあります、切れるまで',
			'👍🏽👨‍👩‍👧‍👦🇩🇪❤️1️⃣🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘',
			'e\u0301\u0301\u0301กำกำकि한국어각ﷺ',
		];
		const users = ['日本語ユーザー', '🐘é́ลำ', 'app'];
		const sessions: Session[] = [];
		for (const [index, text] of texts.entries()) {
			sessions.push(
				await openRunning(text, {user: users[index], ...(index === 0 && {database: '数据库🐘库'})}),
			);
		}

		const terminal = await stage.watch();
		await terminal.until(/ 3 active /);
		await terminal.type(down);
		await terminal.until(selected(sessions[0]?.pid));
		const isAligned = (row: number) => {
			const titles = terminal.row(4);
			return aligned(terminal, row, {
				active: titles.indexOf('STATE'),
				PgSleep: titles.indexOf('WAIT'),
				'select pg_sleep(600)': titles.indexOf('QUERY'),
			});
		};
		for (const size of [80, 81, 82, 101]) {
			terminal.resize(size, 24);
			await terminal.until(() => terminal.row(4).length > 50 && terminal.row(0).length === size);
			await terminal.until(() => [5, 6, 7].every(row => isAligned(row)));
			expect(terminal.cell(size - 1, 5).isInverse).toBe(true);
			expect(terminal.cell(0, 6).isInverse).toBe(false);
			expect(terminal.row(-1)).toMatch(/q quit$/);
		}

		// Later pictures write only what has changed.
		await terminal.until(/ (?:[3-9]\.\d|\d\d)s select pg_sleep/);
		expect([5, 6, 7].filter(row => !isAligned(row))).toEqual([]);
		expect(harmIn(terminal.bytes())).toEqual([]);
	});
});

/** Whether these words begin in these cells. */
const aligned = (terminal: Terminal, row: number, words: Readonly<Record<string, number>>) =>
	Object.entries(words).every(([word, column]) =>
		[...word].every(
			(character, index) => terminal.cell(column + index, row).text.trim() === character.trim(),
		),
	);
