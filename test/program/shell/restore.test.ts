import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {around, onEachNode, pidOf} from '../stage.js';

const endings: readonly (readonly [how: string, code: number, end: (terminal: Terminal) => unknown])[] = [
	['q', 0, terminal => terminal.type('q')],
	['Ctrl-C', 0, terminal => terminal.type('\u0003')],
	['Ctrl-C in the help', 0, terminal => terminal.type('?', 100, '\u0003')],
	['SIGINT', 130, terminal => process.kill(pidOf(terminal), 'SIGINT')],
	['SIGTERM', 143, terminal => process.kill(pidOf(terminal), 'SIGTERM')],
	['SIGQUIT', 131, terminal => process.kill(pidOf(terminal), 'SIGQUIT')],
	['SIGHUP', 129, terminal => process.kill(pidOf(terminal), 'SIGHUP')],
];

/** Told by a signal, it does what a bug would do, in the middle of everything. */
const crash = `
// Not once: what Ink has in it ends the program where nobody else listens.
process.on('SIGUSR2', () => {
	throw new Error('provoked');
});
process.once('SIGPIPE', () => {
	void Promise.reject(new Error('provoked'));
});
`;

onEachNode({}, stage => {
	let folder: string;
	let env: Record<string, string>;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		await writeFile(join(folder, 'crash.mjs'), crash);
		env = {
			NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'crash.mjs')).href}`,
			XDG_STATE_HOME: folder,
		};
	});

	afterAll(async () => {
		await rm(folder, {recursive: true});
	});

	test.concurrent.each(endings)(
		'after %s the terminal is as it was, and the exit code %i',
		async (_, code, end) => {
			const terminal = await stage.watch({under: around});
			expect(terminal.isAlternate()).toBe(true);
			expect(terminal.isCursorShown()).toBe(false);
			expect(terminal.isPasteBracketed()).toBe(true);

			await end(terminal);

			await terminal.until(`exit ${code}`);
			areModesRestored(terminal);
			// Nothing is left on the normal screen. The shell would say so if a signal had ended the program; a hangup may.
			const lines = terminal.screen().filter(line => line !== '' && !line.endsWith('Hangup'));
			expect(lines).toEqual([`pid ${pidOf(terminal)}`, 'modes as before', `exit ${code}`]);
		},
	);

	test.concurrent.each([
		['an exception', 'SIGUSR2'],
		['a rejection', 'SIGPIPE'],
	] as const)('after %s that nobody expected, too, and it is said', async (_, signal) => {
		const terminal = await stage.watch({under: around, columns: 200, env});

		process.kill(pidOf(terminal), signal);

		await terminal.until('exit 70');
		areModesRestored(terminal);
		expect(terminal.find(/^pgtop: a bug in pgtop ended it: Error: provoked: report in /)).toBeGreaterThan(0);
	});

	test.concurrent('before the first picture, too', async () => {
		const terminal = stage.play({under: around});
		await terminal.until(() => terminal.isAlternate());
		process.kill(pidOf(terminal), 'SIGTERM');
		await terminal.until('exit 143');
		areModesRestored(terminal);
	});

	// Soon after the start and a while later, in the middle of whatever it does.
	test.concurrent.each([0, 40, 80, 150, 300])(
		'%i ms later the terminal is closed: the program ends by that, and its session',
		async pause => {
			const name = `closed-${pause}`;
			const terminal = await stage.watch({env: {PGAPPNAME: name}});
			await terminal.type(pause);
			terminal.close();
			expect(await terminal.exit()).toBe(129);
			await waitUntil(
				stage.cluster,
				`not exists (select from pg_stat_activity where application_name = '${name}')`,
			);
		},
	);

	test.concurrent('when the terminal is closed and no signal says so, too', async () => {
		const file = join(folder, 'code');
		const terminal = await stage.watch({
			// The shell leads the session, and a session without a terminal gets no signal for its other programs.
			under: ['sh', '-c', 'trap "" HUP; "$@"; echo $? >"$CODE_FILE"', 'sh'],
			env: {PGAPPNAME: 'orphan', CODE_FILE: file},
		});
		terminal.close();
		await terminal.exit();
		expect(await readFile(file, 'utf8')).toBe('129\n');
		await waitUntil(
			stage.cluster,
			"not exists (select from pg_stat_activity where application_name = 'orphan')",
		);
	});
});

function areModesRestored(terminal: Terminal): void {
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.isCursorShown()).toBe(true);
	expect(terminal.isPasteBracketed()).toBe(false);
	expect(terminal.find('modes as before')).toBeGreaterThan(0);
}
