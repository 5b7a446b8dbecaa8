import {beforeAll, expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {inShell, newestNode, onEachNode, select, sleep} from '../stage.js';

/** A byte of the first letter is a control sequence in a terminal that takes bytes for characters: what follows it erases the screen. */
const letters = '/* ě2J 漢字 🐘 é ␛ */';
const drawn = '/* ?2J ???? ?? ? ? */';

const locales: readonly (readonly [name: string, env: Readonly<Record<string, string>>])[] = [
	['LC_ALL=C', {LC_ALL: 'C'}],
	['LC_CTYPE=de_DE.ISO-8859-1', {LC_CTYPE: 'de_DE.ISO-8859-1'}],
	['none', {LANG: ''}],
];

/** Bytes that are no letter of ASCII. */
const foreign = (terminal: Terminal) => [...terminal.bytes()].filter(byte => byte > 0x7e);

onEachNode({among: newestNode}, stage => {
	let pid: number;

	beforeAll(async () => {
		await stage.cluster.observe('create role "ě2J" login in role pg_monitor');
		await stage.cluster.observe('create role "č2J" login password \'x\'');
		await stage.letIn('č2J', 'scram-sha-256');
		const session = await stage.open('select 1');
		void session.start(`${sleep} ${letters}`);
		await session.untilActive();
		({pid} = session);
	});

	test.each(locales)('in the locale %s the screen is ASCII, and its columns stay aligned', async (_, env) => {
		const terminal = await stage.watch({env, user: 'ě2J', columns: 200});
		expect(terminal.row(0)).toContain(' ?2J@');
		await terminal.until(drawn);
		await select(terminal, pid);
		await terminal.type('\r');
		await terminal.until(new RegExp(`^Session ${pid}`));
		await terminal.until(drawn);
		await terminal.type('\u0003');
		expect(await terminal.exit()).toBe(0);
		expect(foreign(terminal)).toEqual([]);
	});

	test.each(locales)('in the locale %s a picture as text is ASCII, too', async (_, env) => {
		const terminal = stage.play({args: ['--once'], under: inShell(), env, columns: 200, rows: 60});
		await terminal.until('exit 0');
		expect(terminal.find(drawn)).toBeGreaterThan(0);
		expect(foreign(terminal)).toEqual([]);
	});

	test('no statement to paste has a name that the terminal can not draw', async () => {
		await stage.cluster.observe('create role "ž2J" login');
		const shows = async (env: Readonly<Record<string, string>>, words: string) => {
			const terminal = stage.play({
				args: ['--once'],
				user: 'ž2J',
				under: inShell(),
				env,
				columns: 200,
				rows: 60,
			});
			await terminal.until('exit 0');
			expect(terminal.find(words)).toBeGreaterThan(0);
		};
		await shows({LC_ALL: 'C'}, '! missing: the role pg_read_all_stats, pg_signal_backend');
		await shows({}, '! missing: GRANT pg_read_all_stats, pg_signal_backend TO "ž2J"');
	});

	test.each(locales)('in the locale %s what is asked and complained is, too', async (_, env) => {
		const asking = stage.play({under: inShell(), user: 'č2J', env, columns: 200});
		await asking.until('Password for ?2J@');
		await asking.type('\u0003');
		await asking.until('exit 130');
		expect(foreign(asking)).toEqual([]);
		const complaining = stage.play({under: inShell(), user: 'postgres', database: 'ě2J', env, columns: 200});
		await complaining.until('exit 1');
		expect(complaining.row(0)).toMatch(/^pgtop: \S+: database "\?2J" does not exist/);
		expect(foreign(complaining)).toEqual([]);
	});

	test.each([
		['LANG=C.UTF-8', {LANG: 'C.UTF-8'}],
		['LC_CTYPE=UTF-8 over LANG=C', {LC_CTYPE: 'UTF-8', LANG: 'C'}],
		['LC_ALL=de_DE.utf8 over LC_CTYPE=C', {LC_ALL: 'de_DE.utf8', LC_CTYPE: 'C'}],
	])('with %s letters are letters', async (_, env) => {
		const terminal = await stage.watch({env, columns: 200});
		await terminal.until(letters);
	});
});
