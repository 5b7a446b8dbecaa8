import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {start, type Terminal} from '../../helpers/terminal/terminal.js';
import {onEachNode, pidOf, press, select, selected, sleep} from '../stage.js';

// An interactive shell, which knows of jobs; "$@" is the program.
const shell = {under: ['sh', '-i', '-s'], env: {PS1: 'ready> ', ENV: ''}};

const stops: readonly (readonly [how: string, stop: (terminal: Terminal) => unknown])[] = [
	['Ctrl-Z', terminal => terminal.type('\u001A')],
	['SIGTSTP', terminal => process.kill(pidOf(terminal), 'SIGTSTP')],
];

/** `T`: stopped; `Z`: ended, and its shell has not asked for it yet; empty when it is gone. */
function processState(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.[0] ?? '';
	} catch {
		return '';
	}
}

const prompt = /^ready> *$/;

/** The shell has the terminal. */
async function untilStopped(terminal: Terminal): Promise<void> {
	await terminal.until(/Stopped|Suspended/);
	await terminal.until(prompt);
}

onEachNode({isConcurrent: true, isCleared: true}, (stage, node) => {
	const watchInShell = async (env = {}, args: readonly string[] = []) => {
		const terminal = stage.play({...shell, env: {...shell.env, ...env}, args});
		await terminal.until('ready>');
		await terminal.type('sh -c \'echo "pid $$"; exec "$@"\' sh "$@"\r');
		await terminal.until('PRIMARY');
		return terminal;
	};

	test.sequential.each(stops)(
		'%s gives the terminal to the shell, and fg brings a new picture',
		async (_, stop) => {
			const before = await stage.open(sleep);
			const terminal = await watchInShell();
			await select(terminal, before.pid);

			await stop(terminal);

			await terminal.until(/Stopped|Suspended/);
			await terminal.until(prompt);
			expect(terminal.isAlternate()).toBe(false);
			expect(terminal.isCursorShown()).toBe(true);
			expect(terminal.isPasteBracketed()).toBe(false);
			expect(terminal.find('PRIMARY')).toBe(-1);
			// The shell reads lines, with an echo.
			await terminal.type('echo $((6 * 7))\r');
			await terminal.until(/^42$/);
			await stage.open(sleep);

			const {length} = terminal.bytes();
			await terminal.type('fg\r');
			await terminal.until(() => terminal.isAlternate());
			await terminal.until(selected(before.pid));
			await terminal.until(/^ +2 active /);
			// By fg, and once more as its size may be another.
			const whole = terminal.bytes().subarray(length).toString().split('\u001B[2J').length - 1;
			expect(whole).toBeGreaterThan(0);
			expect(whole).toBeLessThanOrEqual(2);
			expect(terminal.find('ready>')).toBe(-1);
			expect(terminal.isCursorShown()).toBe(false);
			expect(terminal.isPasteBracketed()).toBe(true);
			await terminal.until('q quit');

			await press(terminal, 'k', new RegExp(`^${before.pid} ended .* after k`));
			await terminal.type('q');
			await terminal.until(prompt);
			expect(terminal.isAlternate()).toBe(false);
			expect(terminal.find('42')).toBeGreaterThan(0);
		},
	);

	test.sequential('stopped by SIGSTOP, which it can not hear, it draws all again after fg, and reads every key', async () => {
		const {pid} = await stage.open(sleep);
		const terminal = await watchInShell({}, ['--interval', '60']);
		await terminal.until(` ${pid} app `);
		process.kill(pidOf(terminal), 'SIGSTOP');
		// The prompt is written over the picture. In raw mode a line ends with a line feed.
		await terminal.until(/ready>/);
		const later = await stage.open(sleep);

		await terminal.type('stty sane; fg\n');

		await terminal.until(() => terminal.find(/ready>|Stopped|Suspended/) < 0, 10_000);
		expect(terminal.row(0)).toMatch(/^pgtop .* UTC$/);
		expect(terminal.row(4)).toMatch(/^ {6}PID USER /);
		expect(terminal.row(5)).toContain(` ${pid} app `);
		// What was looked at before counts no more: there is a new picture at once.
		await terminal.until(` ${later.pid} app `, 20_000);
		await terminal.type('q');
		await terminal.until(prompt, 10_000);
	});

	test.sequential('a terminal resized meanwhile is drawn in its new size, the shell keeps its lines', async () => {
		const terminal = await watchInShell();
		await terminal.type('\u001A');
		await untilStopped(terminal);
		await terminal.type('echo kept\r');
		await terminal.until(/^kept$/);
		terminal.resize(70, 20);
		await terminal.type('fg\r');

		await terminal.until(() => terminal.isAlternate());
		await terminal.until(() => terminal.row(0).length === 70);
		await terminal.until(() => terminal.find('q quit') === 19);
		await terminal.type('q');
		await terminal.until(() => !terminal.isAlternate());
		await terminal.until(/^kept$/);
	});

	test.sequential('it can be suspended again and again, and in the help', async () => {
		const terminal = await watchInShell();
		for (const key of ['', '?', '']) {
			await terminal.type(key, 100, '\u001A');
			await terminal.until(() => !terminal.isAlternate());
			await terminal.until(prompt);
			await terminal.type('clear; fg\r');
			await terminal.until(() => terminal.isAlternate());
			await terminal.until(/q quit|Esc back/);
		}

		await terminal.type('\u0003');
		await terminal.until(prompt);
	});

	test.sequential('two Ctrl-Z in one read are one, and what came with them counts after it', async () => {
		const terminal = await watchInShell();
		await terminal.type('\u001A\u001A');
		await untilStopped(terminal);
		await terminal.type('clear; fg\r');
		await terminal.until(() => terminal.isAlternate());
		await terminal.until('q quit');
		expect(terminal.isPasteBracketed()).toBe(true);

		await terminal.type('\u001Aq');
		await untilStopped(terminal);
		await terminal.type('clear; fg; echo "ended with $?"\r');
		await terminal.until('ended with 0');
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isPasteBracketed()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
	});

	test.sequential.each([
		['suspended', ''],
		['in the background', 'bg; '],
	])('while it is %s a signal ends it as soon as it goes on, and its session', async (_, before) => {
		const name = `suspended ${before}`;
		const terminal = await watchInShell({PGAPPNAME: name});
		await terminal.type('\u001A');
		await untilStopped(terminal);
		const {length} = terminal.bytes();

		await terminal.type(`${before}kill -TERM %1; kill -CONT %1\r`);

		await terminal.until(() => ['', 'Z'].includes(processState(pidOf(terminal))));
		await waitUntil(
			stage.cluster,
			`not exists (select from pg_stat_activity where application_name = '${name}')`,
		);
		// The shell has the terminal: nothing is written over its lines.
		expect(terminal.bytes().subarray(length).toString()).not.toMatch(/\u001B\[\?(?!25h)/);
	});

	test.sequential('ended while it is suspended, it says and writes down what it has not seen', async () => {
		const {pid} = await stage.open(sleep);
		const {host, port} = stage.cluster;
		const file = join(host, 'audit.jsonl');
		const way = ['-h', host, '-p', String(port), '-U', 'postgres', 'appdb', `--audit-log=${file}`];
		const terminal = start(way, {...shell, node});
		await terminal.until('ready>');
		await terminal.type('sh -c \'echo "pid $$"; exec "$@"\' sh "$@"\r');
		await terminal.until('PRIMARY');
		await select(terminal, pid);
		// A backend that is stopped does not end.
		process.kill(pid, 'SIGSTOP');
		await press(terminal, 'k', new RegExp(`^${pid} .*(?:signalled|not ended|still)`));
		await terminal.type('\u001A');
		await untilStopped(terminal);

		await terminal.type('clear; kill -TERM %1; kill -CONT %1\r');

		await terminal.until(new RegExp(`^(?:ready> *)?pgtop: ${pid} `));
		await terminal.until(() => ['', 'Z'].includes(processState(pidOf(terminal))));
		process.kill(pid, 'SIGCONT');
		const events = readFileSync(file, 'utf8').trim().split('\n');
		expect(events.map(line => JSON.parse(line).event)).toEqual(['signal', 'outcome']);
		await terminal.end();
	});

	test.sequential('in the background it stops again, and fg brings it back', async () => {
		const terminal = await watchInShell();
		await terminal.type('\u001A');
		await untilStopped(terminal);
		// The prompt alone is there before, and so is a program that is stopped.
		await terminal.type('clear; bg; echo $((6 * 7))\r');
		await terminal.until(/^42$/);
		await terminal.until(prompt);
		await terminal.until(() => processState(pidOf(terminal)) === 'T');
		await terminal.type('clear; fg\r');
		await terminal.until(() => terminal.isAlternate());
		await terminal.until('q quit');
		await terminal.type('q');
		await terminal.until(prompt);
	});

	test.sequential('ended while it is suspended, it leaves the lines of the shell as they are', async () => {
		const terminal = await watchInShell();
		await terminal.type('\u001A');
		await untilStopped(terminal);
		await terminal.type('echo kept\r');
		await terminal.until(/^kept$/);
		process.kill(pidOf(terminal), 'SIGTERM');
		await terminal.type('fg; echo "ended with $?"\r');
		await terminal.until('ended with 143');
		expect(terminal.find(/^kept$/)).toBeGreaterThan(0);
		expect(terminal.find('ended with 143')).toBeGreaterThan(terminal.find(/^kept$/));
	});

	test.sequential('Ctrl-Z at the password gives the terminal to the shell, and fg asks again', async () => {
		const terminal = stage.play(shell);
		await terminal.until('ready>');
		await terminal.type('"$@" -W\r');
		await terminal.until(/^Password: *$/);
		await terminal.type('ab', 100, '\u001A');
		await untilStopped(terminal);
		await terminal.type('echo $((6 * 7))\r');
		await terminal.until(/^42$/);
		await terminal.type('clear; fg\r');
		await terminal.until(/^Password: *$/);
		await terminal.type('secret', 100, '\r');
		await terminal.until('PRIMARY');
		expect(terminal.bytes().toString()).not.toContain('secret');
		await terminal.type('q');
		await terminal.until(prompt);
	});

	test.sequential('where no shell waits, Ctrl-Z does no harm', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch();
		await terminal.type('\u001A');
		await terminal.until(/^ +\d+ app/);
		await select(terminal, session.pid);
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
	});
});
