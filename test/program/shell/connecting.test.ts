import {execFile} from 'node:child_process';
import {constants} from 'node:fs';
import {mkdtemp, open, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import {startLiar} from '../../helpers/network/liar.js';
import {openLink} from '../../helpers/network/link.js';
import {cleartext, ready, welcome} from '../../helpers/network/messages.js';
import {start, type Terminal} from '../../helpers/terminal/terminal.js';
import {around, onEachNode, pidOf} from '../stage.js';

const silence = Buffer.alloc(0);

/** Where a server stops to speak, and what it has heard by then. */
const stops: readonly (readonly [where: string, answers: readonly Buffer[], heard: string])[] = [
	['before the login', [silence], 'application_name'],
	['in the middle of the login', [cleartext, silence], 'geheim'],
	['after the login', [Buffer.concat([welcome, ready]), silence], 'show server_version'],
];

const endings: readonly (readonly [how: string, code: number, end: (terminal: Terminal) => unknown])[] = [
	['q', 0, async terminal => terminal.type('q')],
	['SIGTERM', 143, terminal => process.kill(pidOf(terminal), 'SIGTERM')],
];

// Without a limit such a try goes on for ever.
/** Each ends one of the starts, and some two. */
const signals = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGQUIT', 131],
] as const;

const env = {PGCONNECT_TIMEOUT: '0', PGPASSWORD: 'geheim'};

const wayTo = ({host, port}: {readonly host: string; readonly port: number}) => [
	...['-h', host, '-p', String(port), '-U', 'postgres', 'appdb', '--no-audit-log'],
];

/** Opens a pipe to write, once somebody reads it. Whoever reads it then waits. */
const openWhenRead = (pipe: string) => async () =>
	open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);

const cases = stops.flatMap(stop => endings.map(ending => [stop, ending] as const));

onEachNode({}, (stage, node) => {
	test.each(cases.map(([stop, ending]) => [ending[0], stop[0], stop, ending] as const))(
		'%s ends it at once while it tries anew at a server that stops %s',
		async (_, __, [, answers, heard], [, code, end]) => {
			const link = await openLink(stage.cluster);
			const liar = await startLiar(...answers);
			const terminal = start(wayTo(link), {node, under: around, env});
			await terminal.until('PRIMARY');
			link.leadTo(liar);
			link.cut();
			await vi.waitUntil(() => liar.heard().includes(heard), {timeout: limit});
			expect(liar.open()).toBe(1);

			const endedAt = performance.now();
			await end(terminal);

			await terminal.until(`exit ${code}`);
			expect(performance.now() - endedAt).toBeLessThan(8500);
			await vi.waitUntil(() => liar.open() === 0, {timeout: limit});
			expect(terminal.find('modes as before')).toBeGreaterThan(0);
			expect(terminal.screen().filter(line => line.startsWith('pgtop:'))).toEqual([]);
			await terminal.end();
			await link.close();
		},
	);

	test.each<[how: string, code: number, end: (terminal: Terminal) => unknown]>([
		['q', 143, async terminal => terminal.type('q')],
		['SIGINT', 130, terminal => process.kill(pidOf(terminal), 'SIGINT')],
	])(
		'%s ends it although a file that it reads never ends: then by a signal, for an exit would wait',
		async (_, code, end) => {
			const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
			const pipe = join(folder, 'root.crt');
			await promisify(execFile)('mkfifo', [pipe]);
			const link = await openLink(stage.cluster);
			// A socket of the system needs no certificate.
			const way = `host=${link.host},127.0.0.1 port=${link.port},1 user=postgres dbname=appdb`;
			const args = [`${way} sslmode=verify-ca sslrootcert=${pipe}`, '--no-audit-log'];
			const terminal = start(args, {node, under: around, env});
			await terminal.until('PRIMARY');
			await link.close();
			const writer = await vi.waitUntil(openWhenRead(pipe), {timeout: limit});
			await end(terminal);
			await terminal.until(`exit ${code}`);
			expect(terminal.find('modes as before')).toBeGreaterThan(0);
			await terminal.end();
			await writer.close();
			await rm(folder, {recursive: true});
		},
	);

	const starts = stops.flatMap(([where, answers, heard]) =>
		[[], ['--once']].map(args => [args.join('') || 'the screen', where, answers, heard, args] as const),
	);

	test.each(
		starts.map((one, index) => [...(signals[index % signals.length] ?? signals[0]), ...one] as const),
	)(
		'%s (%i) ends the start of %s at a server that stops %s',
		async (signal, code, _, __, answers, heard, args) => {
			const liar = await startLiar(...answers);
			const terminal = start([...wayTo(liar), ...args], {node, env});
			await vi.waitUntil(() => liar.heard().includes(heard), {timeout: limit});
			terminal.signal(signal);
			expect(await terminal.exit()).toBe(code);
			await vi.waitUntil(() => liar.open() === 0, {timeout: limit});
			expect(terminal.screen().filter(line => line !== '')).toEqual([]);
			await terminal.end();
		},
	);
});

test('a server that says nothing is named before the screen opens, but not with --once', async () => {
	const liar = await startLiar(silence);
	const way = [...wayTo(liar), '--no-password'];
	const slow = {PGCONNECT_TIMEOUT: '2'};
	const named = `pgtop: connecting to 127.0.0.1:${liar.port}`;
	const open = (...args: readonly string[]) => start([...way, ...args], {under: around, env: slow});
	const [screen, once] = [open(), open('--once')];
	await screen.until(named);
	for (const terminal of [screen, once]) {
		await terminal.until('exit 1');
		expect(terminal.find(`no answer from 127.0.0.1:${liar.port} within 2s`)).toBeGreaterThan(0);
	}

	expect(once.find('connecting')).toBe(-1);
	await Promise.all([screen.end(), once.end()]);
});
