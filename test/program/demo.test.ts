import {execFile} from 'node:child_process';
import {chmod, mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {limit} from '../helpers/limit.js';
import {type StartOptions, start, type Terminal} from '../helpers/terminal/terminal.js';
import {inShell, newestNode, press, select} from './stage.js';

/** What a demo has in its folder, and the programs that run there. */
async function leftIn(folder: string): Promise<string[]> {
	const {stdout} = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args']);
	return [...(await readdir(folder)), ...stdout.split('\n').filter(line => line.includes(folder))];
}

async function untilNothingIsLeft(folder: string): Promise<void> {
	// By hand: the poll of expect belongs to a test, and of several at the same time to any.
	const deadline = performance.now() + limit;
	while ((await leftIn(folder)).length > 0 && performance.now() < deadline) await setTimeout(20);
	expect(await leftIn(folder)).toEqual([]);
}

// Says its pid first, and then is the program.
const withPid = ['sh', '-c', 'echo "pid $$"; exec "$@"', 'sh'];

const ways: readonly (readonly [how: string, end: (terminal: Terminal) => unknown, code: number])[] = [
	['q', terminal => terminal.type('q'), 0],
	['Ctrl-C', terminal => terminal.type('\u0003'), 0],
	['SIGTERM', terminal => terminal.signal('SIGTERM'), 143],
	['SIGKILL', terminal => terminal.signal('SIGKILL'), 137],
	['its window was closed', terminal => terminal.close(), 129],
];

describe.each(newestNode)('Node $version', ({node}) => {
	let folder: string;
	let terminal: Terminal;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		await chmod(folder, 0o1777);
	});

	afterEach(async () => {
		await terminal.end();
		await rm(folder, {recursive: true, force: true});
	});

	/** The demo with a folder for temporary files of its own, so that all it leaves behind can be seen. */
	const startDemo = (args: readonly string[] = [], options: StartOptions = {}) => {
		const env = {...options.env, TMPDIR: folder};
		terminal = start(['--demo', '--interval', '0.5', ...args], {node, rows: 40, ...options, env});
	};

	test('shows a busy shop, in which k ends a session', async () => {
		startDemo();
		await terminal.until(/^pgtop demo {2}PG \d+\.\d+ {2}PRIMARY /);
		await terminal.until(/^ +(?:[5-9]|\d\d) active +[1-9]\d* lockwait /);
		await terminal.until(/ {2}hit +\d/);
		// It blocks others.
		await terminal.until(/^ # +\d+ billing .* idle-tx {2}blocks /);
		const holder = terminal.row(terminal.find(/^ # +\d+ billing .* idle-tx /));
		const pid = Number(holder.match(/\d+/)?.[0]);

		await select(terminal, pid);
		await press(terminal, 'k', new RegExp(`^${pid} ended .* after k`));

		await terminal.until(new RegExp(`^> *${pid} .* gone `));
		await terminal.type('q');
		expect(await terminal.exit()).toBe(0);
		expect(terminal.isAlternate()).toBe(false);
		await untilNothingIsLeft(folder);
	});

	test.each(ways.slice(1))('after %s nothing is left of it', async (_, end, code) => {
		startDemo();
		await terminal.until('PRIMARY');
		expect(await leftIn(folder)).not.toEqual([]);

		await end(terminal);

		expect(await terminal.exit()).toBe(code);
		await untilNothingIsLeft(folder);
	});

	test.each([
		['Ctrl-C', async (terminal: Terminal) => terminal.type('\u0003')],
		['SIGKILL', (terminal: Terminal): unknown => terminal.signal('SIGKILL')],
	])('after %s while it starts nothing is left of it', async (_, end) => {
		startDemo([], {under: withPid});
		await terminal.until(async () => {
			const [name] = await readdir(folder);
			return name !== undefined && (await readdir(join(folder, name))).includes('data');
		});
		await end(terminal);
		await terminal.exit();
		await untilNothingIsLeft(folder);
	});

	test('prints one picture with --once', async () => {
		startDemo(['--once'], {under: inShell()});
		await terminal.until('exit 0');
		expect(terminal.find(/^pgtop demo .*PRIMARY/)).toBe(0);
		expect(terminal.find(' active ')).toBeGreaterThan(0);
		await untilNothingIsLeft(folder);
	});

	test('knows nothing of what the environment says of other servers', async () => {
		const env = {PGOPTIONS: '-c no_such=1', PGREPLICATION: 'true', PGDATA: '/nowhere', PGUSER: 'nobody'};
		startDemo(['--once'], {under: inShell(), env});
		await terminal.until('exit 0');
		expect(terminal.find(/^pgtop demo .*PRIMARY/)).toBe(0);
		await untilNothingIsLeft(folder);
	});

	test('that loses its session says so in one line', async () => {
		const preload = `
			import {Socket} from 'node:net';
			const {write} = Socket.prototype;
			Socket.prototype.write = function (...words) {
				if (String(words[0]).includes('pg_stat_get_activity(null)')) this.destroy();
				return write.apply(this, words);
			};`;
		const env = {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}`};
		startDemo(['--once'], {under: inShell(), columns: 200, env});
		await terminal.until('exit 1');
		expect(terminal.row(0)).toMatch(/^pgtop: .*closed the connection$/);
		expect(terminal.row(1)).toBe('exit 1');
		await untilNothingIsLeft(folder);
	});

	test('says in one line where it found no server', async () => {
		startDemo([], {under: inShell(), columns: 200, env: {PGTOP_PG_BIN: '/nowhere'}});
		await terminal.until('exit 1');
		expect(terminal.row(1)).toMatch(/^pgtop: PGTOP_PG_BIN names \/nowhere, which holds no working postgres/);
		expect(terminal.row(2)).toBe('exit 1');
		await untilNothingIsLeft(folder);
	});
});
