import {expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, select, selected, sleep} from '../stage.js';

const shiftTab = '\u001B[Z';
const query = `select 'ě\tx' as one, pg_sleep(600) from generate_series(1, 1) where true`;

/** The lines under the rows of the details. */
const textUnder = (terminal: Terminal, from: RegExp) => terminal.screen().slice(terminal.find(from));

onEachNode({among: newestNode, isCleared: true}, stage => {
	test.sequential('Enter shows the query formatted, y copies it as the session wrote it', async () => {
		const other = await stage.open("select 'idle'");
		void other.start(query);
		await other.untilActive();
		const terminal = await stage.watch({rows: 40});
		await select(terminal, other.pid);
		await terminal.type('\r');
		await terminal.until(new RegExp(`^Session ${other.pid}`));
		await terminal.until(/^select$/);
		expect(textUnder(terminal, /^select$/).slice(0, 6)).toEqual([
			'select',
			"  'ě    x' as one,",
			'  pg_sleep(600)',
			'from',
			'  generate_series(1, 1)',
			'where',
		]);
		expect(terminal.row(-1)).toMatch(/^c cancel {2}k end {2}Tab next {2}y copy {2}Y copy all {2}Esc back/);

		await terminal.type('y');
		const clean = query.replace('\t', '    ');
		const bytes = Buffer.byteLength(clean);
		await terminal.until(`sent ${bytes} bytes of the query to the terminal's clipboard: it may not arrive`);
		const [, copied = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(terminal.bytes().toString()) ?? [];
		expect(Buffer.from(copied, 'base64').toString()).toBe(clean);
		expect(await stage.signalsSent()).toBe(0);
	});

	test.sequential('Tab and Shift-Tab go through the list, and q goes back to it', async () => {
		const [old, young] = [await stage.open(sleep), await stage.open(sleep)];
		const terminal = await stage.watch();
		await select(terminal, old.pid);
		await terminal.type('\r');
		await terminal.until(new RegExp(`^Session ${old.pid}`));
		await terminal.type(100, '\t');
		await terminal.until(new RegExp(`^Session ${young.pid}`));
		await terminal.until(/^ now +state +active for /);
		await terminal.type(100, shiftTab);
		await terminal.until(new RegExp(`^Session ${old.pid}`));
		await terminal.type(100, shiftTab);
		await terminal.until('this is the first session of the list');
		await terminal.type(100, '\t');
		await terminal.until(new RegExp(`^Session ${young.pid}`));
		await terminal.type(100, 'q');
		await terminal.until(selected(young.pid));
	});

	test.sequential('in a page Space goes on, the title says where, and q goes back', async () => {
		const terminal = await stage.watch();
		await terminal.type('?');
		await terminal.until(/^pgtop .* 1-21 of \d+$/);
		await terminal.type(' ');
		await terminal.until(/^pgtop .* 22-42 of \d+$/);
		for (const key of ['!', 'L']) {
			await terminal.type(100, 'q');
			await terminal.until('q quit');
			await terminal.type(100, key);
			await terminal.until(/^Esc back/);
		}

		await terminal.type(100, 'q');
		await terminal.until('q quit');
		await terminal.type(100, 'q');
		expect(await terminal.exit()).toBe(0);
	});
});
