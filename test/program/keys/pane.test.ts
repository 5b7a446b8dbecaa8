import {expect, test} from 'vitest';
import {newestNode, onEachNode, select, selected, sleep} from '../stage.js';

// An alert about the log of statements would take the lines of a section.
onEachNode({among: newestNode, isCleared: true, settings: {log_statement: 'none'}}, stage => {
	test.sequential('v shows the pane with the selected session, and takes it away', async () => {
		const session = await stage.open(sleep);
		const terminal = await stage.watch({columns: 80, rows: 24});
		await select(terminal, session.pid);
		expect(terminal.find(/^╭/)).toBe(-1);
		await terminal.type('v');
		await terminal.until(new RegExp(`^╭─ ${session.pid} app@appdb .* active \\d+s ─╮$`));
		expect(terminal.find(/^╭/)).toBe(13);
		expect(terminal.find(/^╰─+╯$/)).toBe(21);
		expect(terminal.find(/^│ select pg_sleep\(600\) +│$/)).toBe(14);
		expect(terminal.find(selected(session.pid))).toBeGreaterThan(0);
		await terminal.type('v');
		await terminal.until(() => terminal.find(/^╭/) < 0);
	});

	test.sequential('a terminal of 34 lines has it at once, one of 21 never, and both say so', async () => {
		const terminal = await stage.watch({columns: 80, rows: 34});
		await terminal.until(/^├─ queries that run for longest ─+┤$/);
		terminal.resize(80, 21);
		await terminal.until(() => terminal.find(/^[╭├]/) < 0);
		await terminal.type('v');
		await terminal.until('the pane needs 22 lines: the terminal has 21');
	});

	test.sequential('where the locale has no lines to draw, its frame is of signs', async () => {
		const terminal = await stage.watch({columns: 80, rows: 34, env: {LC_ALL: 'C'}});
		await terminal.until(/^\+- queries that run for longest -+\+$/);
		expect(terminal.find(/\?{3}/)).toBe(-1);
	});
});
