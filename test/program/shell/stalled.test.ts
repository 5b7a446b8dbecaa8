import {readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {around, inShell, onEachNode, pidOf} from '../stage.js';

const endings: readonly (readonly [how: string, code: number, end: (terminal: Terminal) => unknown])[] = [
	['q', 0, terminal => terminal.type('q')],
	['Ctrl-C', 0, terminal => terminal.type('\u0003')],
	['SIGTERM', 143, terminal => terminal.signal('SIGTERM')],
	['SIGHUP', 129, terminal => terminal.signal('SIGHUP')],
];

/** Writes down how many bytes waited for the terminal at most, and how often that was looked at since there were any. */
const measuring = `
import {renameSync, writeFileSync} from 'node:fs';
const file = process.env.PGTOP_TEST_WAITING;
let most = 0;
let turns = 0;
setInterval(() => {
	most = Math.max(most, process.stdout.writableLength);
	if (most > 0) turns++;
	writeFileSync(file + '.new', JSON.stringify({most, turns}));
	renameSync(file + '.new', file);
}, 50).unref();
`;

/** In bytes: no frame of 80×24 has more. */
const largestFrame = 20_000;

/** How a process has its terminal open, for reading and for writing: others may have it so, too. */
const flagsOf = (pid: number) =>
	[0, 1, 2].map(fd => /flags:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'))?.[1]);

onEachNode({isConcurrent: true}, stage => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		await writeFile(join(folder, 'measuring.mjs'), measuring);
	});

	afterAll(async () => {
		// The program that measures itself writes there until it ends.
		await rm(folder, {recursive: true, maxRetries: 20});
	});

	test.each(endings)('%s ends it while the terminal takes nothing', async (_, code, end) => {
		const terminal = await stage.watch();
		await terminal.stall();
		// A frame that has no room, and does not come back.
		await terminal.type('\f', 100);
		await end(terminal);
		expect(await terminal.exit()).toBe(code);
	});

	test('what waits to be drawn when it ends is never drawn: the terminal is the shell’s', async () => {
		const terminal = await stage.watch({under: around});
		await terminal.stall();
		const {length} = terminal.bytes();
		for (let times = 0; times < 25; times++) await terminal.type(10, '\f');
		await terminal.type('q', 300);
		terminal.goOn();

		await terminal.until('exit 0');
		await terminal.until('modes as before');
		const drawn = terminal.bytes().subarray(length).toString('latin1');
		const end = drawn.lastIndexOf('\u001B[?1049l');
		expect(end).toBeGreaterThanOrEqual(0);
		expect(drawn.slice(end)).not.toContain('\u001B[2J');
	});

	test('a terminal that takes nothing gets the newest frame when it goes on, and no more', async () => {
		const file = join(folder, 'waiting.json');
		const waiting = async () => JSON.parse(await readFile(file, 'utf8')) as {most: number; turns: number};
		const terminal = await stage.watch({
			env: {
				PGTOP_TEST_WAITING: file,
				NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'measuring.mjs')).href}`,
			},
		});
		await terminal.stall();
		for (let times = 0; times < 50; times++) await terminal.type(10, '\f');
		await terminal.type('?');
		await vi.waitUntil(async () => (await waiting()).turns > 40, {timeout: limit});
		const {length} = terminal.bytes();
		terminal.goOn();

		await terminal.until(/^ keys /);
		const whole = terminal.screen();
		expect((await waiting()).most).toBeLessThan(largestFrame);
		const frames = terminal.bytes().subarray(length).toString('latin1').split('\u001B[2J').length - 1;
		expect(frames).toBeLessThan(5);
		const before = terminal.bytes().length;
		await terminal.type('\f');
		await terminal.until(() => terminal.bytes().subarray(before).includes('\u001B[2J'));
		await terminal.until(/^ keys /);
		expect(terminal.screen()).toEqual(whole);
	});

	test.each<[how: string, end: (terminal: Terminal) => unknown]>([
		['q', terminal => terminal.type('q')],
		['kill -9', terminal => process.kill(pidOf(terminal), 'SIGKILL')],
	])('after %s the shell has its terminal open as before', async (_, end) => {
		const terminal = stage.play({under: inShell('sh -c \'echo "pid $$"; read -r go; exec "$@"\' sh "$@"')});
		await terminal.until('pid');
		const before = flagsOf(terminal.pid);
		await terminal.type('\r');
		await terminal.until('PRIMARY');
		await end(terminal);
		await terminal.until(/exit \d+/);
		expect(flagsOf(terminal.pid)).toEqual(before);
	});
});
