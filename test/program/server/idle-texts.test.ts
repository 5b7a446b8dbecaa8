import {expect, test} from 'vitest';
import {end, newestNode, onEachNode} from '../stage.js';

onEachNode({among: newestNode, isCleared: true}, stage => {
	test('the last query of an idle session stands in its row after the second picture', async () => {
		const session = await stage.open('select 1 as last');
		const terminal = await stage.watch({columns: 120, rows: 24});
		await terminal.until(new RegExp(` ${session.pid} .* idle \\d+s: select 1 as last$`));
	});

	test('after scrolling it comes long before the next refresh is due', async () => {
		for (let index = 0; index < 30; index++) await stage.open('select 2 as last');
		const terminal = await stage.watch({columns: 120, rows: 24, args: ['--interval', '60']});
		await terminal.until(/ idle .* - +\d/);
		expect(terminal.find('select 2')).toBe(-1);
		await terminal.type(end);
		await terminal.until(/^> .* idle \d+s: select 2 as last$/, 10_000);
	});
});
