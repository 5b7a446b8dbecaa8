import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import {cleartext, ready, startLiar, welcome} from '../../helpers/network/liar.js';
import {openLink} from '../../helpers/network/link.js';
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
const env = {PGCONNECT_TIMEOUT: '0', PGPASSWORD: 'geheim'};

const wayTo = ({host, port}: {readonly host: string; readonly port: number}) => [
	...['-h', host, '-p', String(port), '-U', 'postgres', 'appdb', '--no-audit-log'],
];

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
			expect(performance.now() - endedAt).toBeLessThan(3000);
			await vi.waitUntil(() => liar.open() === 0, {timeout: limit});
			expect(terminal.find('modes as before')).toBeGreaterThan(0);
			expect(terminal.screen().filter(line => line.startsWith('pgtop:'))).toEqual([]);
			await terminal.end();
			await link.close();
		},
	);

	test.each(
		stops.flatMap(([where, answers, heard]) =>
			[[], ['--once']].map(args => [args.join('') || 'the screen', where, answers, heard, args] as const),
		),
	)('SIGINT ends the start of %s at a server that stops %s', async (_, __, answers, heard, args) => {
		const liar = await startLiar(...answers);
		const terminal = start([...wayTo(liar), ...args], {node, env});
		await vi.waitUntil(() => liar.heard().includes(heard), {timeout: limit});
		terminal.signal('SIGINT');
		expect(await terminal.exit()).toBe(130);
		await vi.waitUntil(() => liar.open() === 0, {timeout: limit});
		expect(terminal.screen().filter(line => line !== '')).toEqual([]);
		await terminal.end();
	});
});
