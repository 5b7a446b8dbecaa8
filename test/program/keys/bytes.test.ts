import {beforeAll, expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {down, home, newestNode, onEachNode, press, selected, sleep} from '../stage.js';

type Case = {
	readonly what: string;
	readonly typed: readonly (string | number)[];
	/** What the status line says of it. */
	readonly said?: RegExp;
	/** Whether the selection is a row further down afterwards. */
	readonly moves?: true;
};

const together = /^k ignored: it came together with other keys, press it again/;
const unfinished = /^k ignored: it came right after an unfinished key, press it again/;
const pasted = /^pasted text is ignored/;

/** What a terminal, a hand or a clipboard may send: in none of them is a k, or a c, a key pressed alone. */
const cases: readonly Case[] = [
	{what: 'an arrow and k in one read', typed: [`${down}k`], said: together, moves: true},
	{what: 'k and an arrow in one read', typed: [`k${down}`], said: together, moves: true},
	{what: 'k and another key soon after', typed: ['k', 5, 'x'], said: together},
	{what: 'k twice in one read', typed: ['kk'], said: together},
	{what: 'a paste without brackets, with a DEL', typed: ['fxx\u007Fk'], said: together},
	{what: 'a paste without brackets, of 4,097 bytes', typed: [`${'x'.repeat(4096)}k`], said: together},
	{what: 'a paste', typed: ['\u001B[200~k\u001B[201~'], said: pasted},
	{what: 'a paste in pieces', typed: ['\u001B[200~', 80, 'k', 80, '\u001B[201~'], said: pasted},
	{what: 'Alt-k', typed: ['\u001Bk']},
	{what: 'Alt-k in pieces', typed: ['\u001B', 60, 'k']},
	{what: 'Ctrl-K', typed: ['\u000B']},
	{what: 'a k of the keypad', typed: ['\u001BOk']},
	{what: 'a k of the keypad in pieces', typed: ['\u001B', 40, 'O', 60, 'k']},
	{what: 'what a terminal answers, its end late', typed: ['\u001B[?64;1;2', 30, 'c']},
	{what: 'a sequence without an end, and k', typed: ['\u001B[1;2', 450, 'k'], said: unfinished},
	{what: 'a string without an end, and k', typed: ['\u001B]11;rgb:', 450, 'k'], said: unfinished},
	{what: 'a slow arrow', typed: ['\u001B', 30, '[B'], moves: true},
	{what: 'an arrow slower still', typed: ['\u001B', 60, '[', 60, 'B'], moves: true},
	{what: 'K', typed: ['K'], said: /^Caps Lock\? keys are lower case/},
];

/** The same where a question waits for its y. */
const answers: readonly Case[] = [
	{what: 'an arrow and y in one read', typed: [`${down}y`]},
	{what: 'y twice in one read', typed: ['yy']},
	{what: 'y and another key soon after', typed: ['y', 5, 'x']},
	{what: 'another key and y 20 ms later', typed: ['\u001B[1;2', 20, 'y']},
	{what: 'a pasted y', typed: ['\u001B[200~y\u001B[201~']},
	{what: 'a pasted y without brackets, with a DEL', typed: ['fxx\u007Fy']},
	{what: 'Alt-y', typed: ['\u001By']},
	{what: 'y of the keypad', typed: ['\u001BOy']},
	{what: 'Y', typed: ['Y']},
];

/** Types again where the machine was too busy to do so as fast as a hand or a terminal: by so many milliseconds another key, or none. */
async function asTyped(type: () => Promise<number>, settle: () => Promise<void>): Promise<void> {
	while ((await type()) > 40) await settle();
}

/** A link that delays and coalesces: what was typed within 120 ms arrives in one piece, 150 ms later. */
async function typeOverSlowLink(terminal: Terminal, ...typed: readonly (string | number)[]): Promise<void> {
	let piece = '';
	let elapsed = 0;
	const pieces: (string | number)[] = [150];
	for (const part of typed) {
		if (typeof part === 'string') {
			piece += part;
			continue;
		}

		elapsed += part;
		if (elapsed < 120) continue;
		pieces.push(piece, elapsed);
		piece = '';
		elapsed = 0;
	}

	await terminal.type(...pieces, piece);
}

onEachNode({among: newestNode}, stage => {
	let terminal: Terminal;

	beforeAll(async () => {
		for (let count = 0; count < 2 * cases.length; count++) await stage.open(sleep);
		terminal = await stage.watch({rows: 60});
	});

	const pidIn = (row: number) => Number.parseInt(terminal.row(row).slice(1), 10);
	const isLive = (row: number) => / active .* select pg_sleep/.test(terminal.row(row));
	/** To the next session that lives and stands above another one that does: those that were ended keep their lines for a minute. */
	const goDown = async () => {
		do {
			const row = terminal.find(/^>/);
			const isAtEnd = row >= 0 && !/^[ >].{0,8}\d/.test(terminal.row(row + 1));
			const before = pidIn(row);
			await terminal.type(60, isAtEnd ? home : down);
			await terminal.until(() => terminal.find(/^>/) >= 0 && pidIn(terminal.find(/^>/)) !== before);
		} while (!isLive(terminal.find(/^>/)) || !isLive(terminal.find(/^>/) + 1));
	};
	/** Until everything that was typed is read: it must not move the selection later on. */
	const untilRead = async () => {
		await terminal.type(300, 'j');
		await terminal.until(/^k ends a session here; the arrows move/);
	};
	const stateOf = async (pid: number) =>
		stage.cluster.observe(`select state from pg_stat_activity where pid = ${pid}`);

	test.sequential.each(cases)(
		'$what: no session is signalled, and k alone ends one',
		async ({typed, said, moves}) => {
			let [sent, target, spared] = [0, 0, 0];
			await asTyped(async () => {
				await goDown();
				sent = await stage.signalsSent();
				const row = terminal.find(/^>/);
				target = pidIn(moves ? row + 1 : row);
				spared = pidIn(moves ? row : row + 1);
				await terminal.type(300);
				return terminal.type(...typed);
			}, untilRead);

			if (said !== undefined) await terminal.until(said);
			await terminal.until(selected(target));
			// Signals don't overtake each other: one sent before would stand in the log by then.
			if (said === unfinished) await terminal.type(300);
			await press(terminal, 'k', new RegExp(`^${target} ended .* after k`));
			expect(await stage.signalsSent()).toBe(sent + 1);
			expect(await stateOf(target)).toEqual([]);
			expect(await stateOf(spared)).toEqual([{state: 'active'}]);
		},
	);

	test.sequential.each(answers)('$what: no question is answered with yes', async ({typed}) => {
		let sent = 0;
		let asking: Terminal | undefined;
		await asTyped(
			async () => {
				await asking?.end();
				asking = await stage.watch({rows: 60, args: ['--confirm', 'always']});
				sent = await stage.signalsSent();
				await asking.type(down);
				await asking.until(/^>/);
				await press(asking, 'k', /^k: end the session of /);
				await asking.type(400);
				return asking.type(...typed);
			},
			async () => {},
		);
		await asking?.until(/^(?:k: no, nothing was sent to|y ignored: )/);
		await asking?.type(300);
		expect(await stage.signalsSent()).toBe(sent);
		await asking?.end();
	});

	test.sequential('over a link that delays and coalesces only what arrives alone counts', async () => {
		const sent = await stage.signalsSent();
		for (const hand of [
			[down, 80, 'k'],
			['k', 60, 'x'],
			['k', 40, down],
		] as const) {
			await typeOverSlowLink(terminal, 300, ...hand);
			await terminal.until(together);
			await terminal.type(60, 'R', 60, 'R');
			await terminal.until(() => terminal.find(together) < 0);
		}

		expect(await stage.signalsSent()).toBe(sent);
		await goDown();
		const target = pidIn(terminal.find(/^>/));
		await typeOverSlowLink(terminal, 900, 'k');
		await terminal.until(new RegExp(`^${target} ended .* after k`));
		expect(await stage.signalsSent()).toBe(sent + 1);
	});

	test.sequential('keys typed while the program stood still do nothing but move', async () => {
		const sent = await stage.signalsSent();
		await goDown();
		const before = terminal.find(/^>/);
		terminal.signal('SIGSTOP');
		await terminal.type(down, 400, 'k', 400);
		terminal.signal('SIGCONT');
		await terminal.until(together);
		await terminal.until(() => terminal.find(/^>/) > before);
		await terminal.type('R');
		await terminal.until(' TIME▲ ');
		await terminal.type('R');
		await terminal.until(' TIME▼ ');
		expect(await stage.signalsSent()).toBe(sent);
	});

	test.sequential.each([
		{what: 'repeats every 30 ms', pause: 30},
		{what: 'repeats slowly', pause: 110},
	])('k held down ($what) signals one session once', async ({pause}) => {
		const sent = await stage.signalsSent();
		await goDown();
		const row = terminal.find(/^>/);
		const [target, next] = [pidIn(row), pidIn(row + 1)];

		const told = new RegExp(`^k: let it go first; ${target} (?:ended .* after k|was signalled)`);
		// On a busy machine the first k may be read with the next one, which is told: then it is let go and held again.
		// Or a pause becomes so long that it was let go: it is held until that is told.
		do {
			await terminal.type(900, 'k', 250);
			const isTold = () => terminal.find(told) >= 0 || terminal.find(together) >= 0;
			for (let held = 0; held < 1000 || (!isTold() && held < 20_000); held += pause) {
				await terminal.type('k', pause);
				await new Promise(setImmediate);
			}
		} while (terminal.find(together) >= 0);

		await terminal.until(told);
		await terminal.until(new RegExp(`^> *${target} .* ended .* after k`));
		expect(await stage.signalsSent()).toBe(sent + 1);
		expect(await stateOf(next)).toEqual([{state: 'active'}]);
		expect(terminal.find(selected(target))).toBeGreaterThanOrEqual(0);
	});
});
