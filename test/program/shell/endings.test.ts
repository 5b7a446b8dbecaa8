import {existsSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import {startLiar} from '../../helpers/network/liar.js';
import {openLink} from '../../helpers/network/link.js';
import {start, type Terminal} from '../../helpers/terminal/terminal.js';
import {around, inShell, newestNode, onEachNode, pidOf, press, select, sleep} from '../stage.js';

/** Told by a signal, it makes the clock fail from then on, for those whose calls are named, and says that with a file. */
const breaking = `
import {writeFileSync} from 'node:fs';
// Not once: what Ink has in it ends the program where nobody else listens.
process.on('SIGUSR2', () => {
	const now = performance.now.bind(performance);
	Error.stackTraceLimit = 50;
	performance.now = () => {
		if (new RegExp(process.env.PGTOP_TEST_BREAKS).test(new Error().stack)) throw new RangeError('provoked');
		return now();
	};
	writeFileSync(process.env.PGTOP_TEST_BREAKS_FROM, '');
});
`;

/** Told by a signal, it writes down who listens to what, and how many files are open. */
const counting = `
import {readdirSync, renameSync, writeFileSync} from 'node:fs';
const file = process.env.PGTOP_TEST_COUNTS;
process.on('SIGUSR2', () => {
	const {stdin, stdout, stderr} = process;
	const listeners = Object.entries({process, stdin, stdout, stderr}).flatMap(([name, emitter]) =>
		emitter.eventNames().map(event => [name + ' ' + String(event), emitter.listenerCount(event)]),
	);
	const counts = {...Object.fromEntries(listeners.sort()), files: readdirSync('/proc/self/fd').length};
	writeFileSync(file + '.new', JSON.stringify(counts));
	renameSync(file + '.new', file);
});
`;

type Way = 'Ctrl-C' | 'q' | 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT' | 'closed';

const codes: Readonly<Record<Way, number>> = {
	'Ctrl-C': 0,
	q: 0,
	SIGINT: 130,
	SIGQUIT: 131,
	SIGTERM: 143,
	SIGHUP: 129,
	closed: 129,
};

function end(terminal: Terminal, way: Way): unknown {
	switch (way) {
		case 'Ctrl-C':
			return terminal.type('\u0003');
		case 'q':
			return terminal.type('q');
		case 'closed':
			return terminal.close();
		case 'SIGINT':
		case 'SIGQUIT':
		case 'SIGTERM':
		case 'SIGHUP':
			return terminal.signal(way);
	}
}

onEachNode({among: newestNode, isConcurrent: true}, (stage, node) => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		await writeFile(join(folder, 'breaking.mjs'), breaking);
		await writeFile(join(folder, 'counting.mjs'), counting);
	});

	afterAll(async () => {
		await rm(folder, {recursive: true});
	});

	const preload = (name: string) => `--import=${pathToFileURL(join(folder, name)).href}`;

	/** What the program is at when it has to end. Returns what must be said then. */
	const moments: Readonly<Record<string, () => Promise<readonly [terminal: Terminal, said?: RegExp]>>> = {
		async 'before the first picture'() {
			const link = await openLink(stage.cluster);
			link.delayRequests(700);
			const terminal = stage.play({args: ['-h', link.host]});
			await terminal.until(() => terminal.isAlternate());
			return [terminal];
		},
		async 'with a question'() {
			const {pid} = await stage.open(sleep);
			const terminal = await stage.watch({args: ['--confirm', 'always']});
			await select(terminal, pid);
			await press(terminal, 'k', 'any other key: no');
			return [terminal];
		},
		async 'with a filter that is typed'() {
			const terminal = await stage.watch();
			await terminal.type('/user');
			await terminal.until('user');
			return [terminal];
		},
		async 'with a held picture'() {
			const terminal = await stage.watch();
			await terminal.type('p');
			await terminal.until('held');
			return [terminal];
		},
		async 'at a black hole'() {
			const link = await openLink(stage.cluster);
			const terminal = await stage.watch({args: ['-h', link.host], env: {PGCONNECT_TIMEOUT: '0'}});
			link.leadTo(await startLiar(Buffer.alloc(0)));
			link.cut();
			await terminal.until('trying now');
			return [terminal];
		},
		async 'with a signal that has no answer'() {
			const {pid} = await stage.open(sleep);
			const link = await openLink(stage.cluster);
			const terminal = await stage.watch({args: ['-h', link.host, '--interval', '60']});
			await select(terminal, pid);
			link.swallowAnswers();
			await press(terminal, 'k', "waiting for the server's answer");
			return [terminal, new RegExp(`^pgtop: ${pid} `)];
		},
		async 'with a signal that could not be written down'() {
			const {pid} = await stage.open(sleep);
			const place = join(folder, `file-${pid}`);
			await writeFile(place, '');
			const {host, port} = stage.cluster;
			const way = ['-h', host, '-p', String(port), '-U', 'postgres', 'appdb'];
			const terminal = start(way, {node, columns: 200, rows: 50, env: {XDG_STATE_HOME: place}});
			await terminal.until('PRIMARY');
			await select(terminal, pid);
			await press(terminal, 'k', 'any other key: no');
			await press(terminal, 'y', new RegExp(`^${pid} ended`));
			return [terminal, /^pgtop: not written to the audit file:/];
		},
	};

	test.each<[moment: string, way: Way]>([
		['before the first picture', 'q'],
		['before the first picture', 'SIGHUP'],
		['with a question', 'SIGINT'],
		['with a question', 'closed'],
		['with a filter that is typed', 'SIGQUIT'],
		['with a filter that is typed', 'Ctrl-C'],
		['with a held picture', 'SIGTERM'],
		['with a held picture', 'q'],
		['at a black hole', 'Ctrl-C'],
		['at a black hole', 'closed'],
		['with a signal that has no answer', 'SIGTERM'],
		['with a signal that has no answer', 'q'],
		['with a signal that could not be written down', 'SIGINT'],
	])('%s: %s', async (moment, way) => {
		const [terminal, said] = (await moments[moment]?.()) ?? [];
		if (!terminal) throw new Error('there is no such moment');
		const endedAt = performance.now();
		await end(terminal, way);
		expect(await terminal.exit()).toBe(codes[way]);
		// Where it waits for an answer, 3 s and what a busy machine makes of them: after 9 s the connection is lost.
		expect(performance.now() - endedAt).toBeLessThan(moment.endsWith('no answer') ? 8500 : limit / 2);
		if (way === 'closed') return;
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isPasteBracketed()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
		const words = terminal.screen().filter(line => line.startsWith('pgtop:'));
		expect(words).toEqual(said ? [expect.stringMatching(said)] : []);
		await terminal.end();
	});

	test.each([
		['a key', 'onStreamRead'],
		['a timer', 'processImmediate'],
		['an answer of the server', 'processTicksAndRejections'],
		['everything, the end too', '.'],
	])('an exception while %s is taken: one report, and the terminal is as it was', async (what, breaks) => {
		const state = join(folder, what);
		const from = `${state} begun`;
		const terminal = await stage.watch({
			under: around,
			columns: 200,
			env: {
				XDG_STATE_HOME: state,
				PGTOP_TEST_BREAKS: breaks,
				PGTOP_TEST_BREAKS_FROM: from,
				NODE_OPTIONS: preload('breaking.mjs'),
			},
		});
		process.kill(pidOf(terminal), 'SIGUSR2');
		await vi.waitUntil(() => existsSync(from), {timeout: limit});
		if (breaks === 'onStreamRead') await terminal.type('i');
		await terminal.until('exit 70');
		expect(terminal.isAlternate()).toBe(false);
		const [file = '', ...others] = await readdir(join(state, 'pgtop'));
		expect(others).toEqual([]);
		expect(
			terminal
				.screen()
				.filter(line => line !== '')
				.slice(1),
		).toEqual([
			`pgtop: a bug in pgtop ended it: RangeError: provoked: report in ${join(state, 'pgtop', file)}`,
			'modes as before',
			'exit 70',
		]);
		await terminal.end();
	});

	test.each([
		['standard input is closed', '"$@" <&-', /^pgtop: standard input is no terminal: .*\nexit 2$/],
		['standard input is empty', '"$@" </dev/null', /^pgtop: standard input is no terminal: .*\nexit 2$/],
		['standard output is closed', '"$@" >&-', /^exit 0$/],
		['standard output is full', '"$@" >/dev/full', /^pgtop: standard output can't be written: .*\nexit 1$/],
		['standard error is closed', '"$@" --once >/dev/null 2>&-', /^exit 0$/],
		['all are closed', '"$@" --once <&- >&- 2>&-', /^exit 0$/],
	])('where %s it ends in order', async (_, script, said) => {
		const terminal = stage.play({under: inShell(script), columns: 200});
		await terminal.until(/^exit \d+/);
		expect(terminal.screen().join('\n').trim()).toMatch(said);
		await terminal.end();
	});

	test('however long it runs, it listens to no more and opens no more', async () => {
		const file = join(folder, 'counts.json');
		const link = await openLink(stage.cluster);
		const terminal = await stage.watch({
			args: ['-h', link.host],
			env: {PGTOP_TEST_COUNTS: file, NODE_OPTIONS: preload('counting.mjs')},
		});
		const counts = async () => {
			await rm(file, {force: true});
			terminal.signal('SIGUSR2');
			await vi.waitUntil(() => existsSync(file), {timeout: limit});
			return JSON.parse(await readFile(file, 'utf8')) as unknown;
		};
		const live = async (times: number) => {
			for (let time = 0; time < times; time++) {
				terminal.resize(90 + time, 24);
				await terminal.until(() => terminal.row(0).length === 90 + time);
				const {length} = terminal.bytes();
				// No shell waits for it, so that it goes on at once.
				await terminal.type('\u001A');
				await terminal.until(() => terminal.bytes().subarray(length).includes('\u001B[?1049h'));
			}

			link.cut();
			await terminal.until('lost');
			await terminal.until(() => terminal.find('lost') < 0);
		};
		await live(1);
		const before = await counts();
		await live(20);
		await live(1);
		expect(await counts()).toEqual(before);
		await terminal.end();
		await link.close();
	});
});
