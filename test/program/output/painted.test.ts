import {expect, test} from 'vitest';
import {down, newestNode, onEachNode, select, selected, sleep} from '../stage.js';

/** Longer than any test: only the first picture comes. */
const once = {args: ['--interval', '60']};

onEachNode({among: newestNode, isCleared: true}, stage => {
	test.sequential('Ink goes on where the first picture stands, without a byte of it', async () => {
		const {pid} = await stage.open(sleep);
		const terminal = await stage.watch(once);
		await terminal.until(String(pid));

		// A page can't be drawn without Ink.
		await terminal.type('?');
		await terminal.until('pg_terminate_backend');

		const written = terminal.bytes().toString();
		expect(written.split('PRIMARY')).toHaveLength(2);
		expect(written.split('\u001B[2J')).toHaveLength(2);
		await terminal.type('\u0003');
		expect(await terminal.exit()).toBe(0);
	});

	test.sequential.each([0, 20, 60, 120, 200])(
		'keys typed %i ms after the start are obeyed, but for k, which is said',
		async pause => {
			const sessions = [await stage.open(sleep), await stage.open(sleep)];
			const terminal = stage.play();

			await terminal.type(pause, down, 10, `${down}k`);

			await terminal.until(/k ignored: (?:there was no picture yet|it came together with other keys)/);
			await terminal.until(selected(sessions[1]?.pid));
			await terminal.type('q');
			expect(await terminal.exit()).toBe(0);
			for (const session of sessions) expect(await session.activity()).toMatchObject({state: 'active'});
			expect(await stage.signalsSent()).toBe(0);
		},
	);

	test.sequential('a held picture costs a few bytes a second', async () => {
		const {pid} = await stage.open(sleep);
		const terminal = await stage.watch();
		await select(terminal, pid);
		await terminal.type('p');
		const held = () => Number(/^held, (\d+)s old/m.exec(terminal.screen().join('\n'))?.[1]);
		// On a busy machine a second may be left out.
		await terminal.until(() => held() >= 2);
		const [from, {length}] = [held(), terminal.bytes()];
		await terminal.until(() => held() >= from + 4);
		expect(terminal.bytes().length - length).toBeLessThanOrEqual((held() - from) * 40);
	});
});
