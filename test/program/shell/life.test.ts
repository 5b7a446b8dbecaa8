import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openLink} from '../../helpers/network/link.js';
import {waitUntil} from '../../helpers/session/session.js';
import {start, type Terminal} from '../../helpers/terminal/terminal.js';
import {around, inShell, onEachNode, pidOf} from '../stage.js';

/** Told by a signal, it makes drawing fail from then on: the clock of the header is written by this. */
const drawingFails = `
process.on('SIGUSR2', () => {
	Date.prototype.toISOString = () => {
		throw new RangeError('provoked');
	};
});
`;

/** A way to the server on which every number that could be a time is letters. */
async function openLiar({host, port}: {readonly host: string; readonly port: number}) {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const sockets = new Set<Socket>();
	const server = createServer(client => {
		const upstream = connect(join(host, `.s.PGSQL.${port}`));
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			sockets.add(from);
			from.on('error', () => {});
			from.on('close', () => to.destroy());
		}

		client.pipe(upstream);
		upstream.on('data', (bytes: Buffer) =>
			client.write(bytes.toString('latin1').replace(/\d{16}/g, 'x'.repeat(16)), 'latin1'),
		);
	});
	await new Promise<void>(resolve => server.listen(join(folder, `.s.PGSQL.${port}`), resolve));
	return {
		folder,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise(resolve => server.close(resolve));
			await rm(folder, {recursive: true});
		},
	};
}

const endings: readonly (readonly [how: string, code: number, end: (terminal: Terminal) => unknown])[] = [
	['q', 0, async terminal => terminal.type('q')],
	['SIGINT', 130, terminal => process.kill(pidOf(terminal), 'SIGINT')],
];

onEachNode({isConcurrent: true}, (stage, node) => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		await writeFile(join(folder, 'draw.mjs'), drawingFails);
	});

	afterAll(async () => {
		await rm(folder, {recursive: true});
	});

	const isGone = async (name: string): Promise<void> =>
		waitUntil(stage.cluster, `not exists (select from pg_stat_activity where application_name = '${name}')`);

	test.each(endings)(
		'%s ends it while it tries to reach a server that never answers',
		async (_, code, end) => {
			const link = await openLink(stage.cluster);
			const way = ['-h', link.host, '-p', String(link.port), '-U', 'postgres', 'appdb', '--no-audit-log'];
			// Without a limit such a try goes on for ever.
			const terminal = start(way, {node, under: around, env: {PGCONNECT_TIMEOUT: '0'}});
			await terminal.until('PRIMARY');
			link.cut();
			link.swallowRequests();
			await terminal.until('trying now');

			await end(terminal);

			await terminal.until(`exit ${code}`);
			expect(terminal.isAlternate()).toBe(false);
			expect(terminal.find('modes as before')).toBeGreaterThan(0);
			await terminal.end();
			await link.close();
		},
	);

	test('when drawing fails it ends, says so in few words, and leaves nothing behind', async () => {
		const terminal = await stage.watch({
			under: around,
			columns: 200,
			env: {
				PGAPPNAME: 'not drawn',
				XDG_STATE_HOME: join(folder, 'state'),
				NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'draw.mjs')).href}`,
			},
		});

		process.kill(pidOf(terminal), 'SIGUSR2');

		await terminal.until('exit 70');
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.isCursorShown()).toBe(true);
		expect(terminal.find('modes as before')).toBeGreaterThan(0);
		const said = terminal.screen().filter(line => line !== '');
		const states = join(folder, 'state', 'pgtop');
		const [name = ''] = await readdir(states);
		expect(name).toMatch(new RegExp(`^bug-\\d{8}T\\d{6}Z-${pidOf(terminal)}\\.txt$`));
		expect(said.slice(1)).toEqual([
			`pgtop: a bug in pgtop ended it: RangeError: provoked: report in ${join(states, name)}`,
			'modes as before',
			'exit 70',
		]);
		expect((await stat(join(states, name))).mode & 0o777).toBe(0o600);
		const lines = (await readFile(join(states, name), 'utf8')).split('\n').slice(1);
		expect(lines.slice(0, 4).join(', ')).toMatch(
			/^pgtop \d+\.\d+\.\d+, PostgreSQL \d+\.\d+, Node\.js v\d+\.\d+\.\d+, linux \w+$/,
		);
		expect(lines[4]).toMatch(/^TERM xterm-256color, locale C\.UTF-8, up \d+\.\ds$/);
		expect(lines[5]).toBe('RangeError: provoked');
		expect(lines[6]).toMatch(/^ {2}at .*draw\.mjs:\d+:\d+\)?$/);
		expect(lines[7]).toMatch(/^ {2}at .*cli\.js:\d+:\d+\)?$/);
		expect(lines.join('\n')).toMatch(/\nactions, in ms:\n(?: {2}[\d.]+ [a-z-]+\n){5,50}state:\n\{/);
		expect(lines.join('\n')).not.toMatch(/appdb|postgres|set local/);
		await isGone('not drawn');
	});

	test('a server whose numbers are none is told as that, and the screen stays', async () => {
		const liar = await openLiar(stage.cluster);
		const way = ['-h', liar.folder, '-p', String(stage.cluster.port), '-U', 'postgres', 'appdb'];
		const said = `the server answered "${'x'.repeat(16)}" where a number belongs`;
		const once = start([...way, '--once'], {node, under: inShell(), columns: 200});
		await once.until('exit 1');
		expect(once.row(0)).toBe(`pgtop: ${said}`);

		const terminal = start([...way, '--no-audit-log'], {node, under: around, columns: 200});
		await terminal.until(`▲ there is no picture yet: ${said}`);
		await terminal.until(`refresh failed: ${said}`);
		await terminal.type('!');
		await terminal.until(/^ +not checked +.*: there is no picture yet/);
		await terminal.type('q', 100, 'q');
		await terminal.until('exit 0');
		await Promise.all([once.end(), terminal.end()]);
		await liar.close();
	});

	test('where there is no second screen, the prompt comes on a line of its own', async () => {
		const terminal = await stage.watch({under: inShell(), hasAlternateScreen: false});
		await terminal.type('q');
		await terminal.until(/^exit 0$/);
		expect(terminal.isCursorShown()).toBe(true);
		// What was on the screen stands above it.
		expect(terminal.row(terminal.find(/^exit 0$/) - 1)).toMatch(/q quit$/);
	});

	test('in a terminal that can only print, it prints one picture', async () => {
		const terminal = stage.play({under: inShell(), rows: 60, env: {TERM: 'dumb'}});
		await terminal.until('exit 0');
		expect(terminal.find('PRIMARY')).toBe(0);
		expect(terminal.bytes().toString()).not.toContain('\u001B');
	});
});
