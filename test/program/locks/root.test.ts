import {beforeAll, expect, test} from 'vitest';
import {inShell, newestNode, onEachNode, press, select, selected} from '../stage.js';
import {openChain, openWaiting, orders, untilAlerted} from './chain.js';

onEachNode({among: newestNode, isCleared: true}, stage => {
	beforeAll(async () => {
		await stage.cluster.observe(orders);
	});

	test.sequential('b and k: two keys from the start until the root is gone, and who went on is said', async () => {
		const {holder, first, alter, readers} = await openChain(stage);
		const terminal = await stage.watch();
		await terminal.until(
			new RegExp(`^▲ ${holder.pid} blocks 5 since \\S+s: idle-tx .* b: select ${holder.pid} `),
		);
		await terminal.type('b');
		await terminal.until(selected(holder.pid));
		await press(
			terminal,
			'k',
			new RegExp(`^${holder.pid} ended \\d\\.\\ds after k: 1 went on, 4 wait behind ${first.pid}`),
		);
		expect(await holder.activity()).toBeUndefined();
		expect(await first.activity()).toMatchObject({state: 'idle in transaction'});
		expect(await stage.signalsSent()).toBe(1);

		// The one that went on is the root now.
		await terminal.until(new RegExp(`^[ >]#[ *-] *${first.pid} .* blocks 4 `));
		await terminal.until(new RegExp(`^[ >]#[ *-] *${alter.pid} .* lock < ${first.pid} `));
		for (const {pid} of readers)
			expect(terminal.find(new RegExp(`^  [ *-] *${pid} .* queue < ${alter.pid} `))).toBeGreaterThan(4);
		// What the alert line has named just now is not what a hand on the key means.
		await terminal.until(new RegExp(`^▲ ${first.pid} blocks 4 `));
		await terminal.type(700, 'b');
		await terminal.until(selected(first.pid));
	});

	test.sequential('b from a waiter goes to who holds up its own chain, and from there to the next root', async () => {
		const {holder} = await openChain(stage);
		const other = await stage.open('select pg_advisory_lock(1)');
		const waiter = await openWaiting(stage, 'select pg_advisory_lock(1)');
		const sent = await stage.signalsSent();
		const terminal = await stage.watch();
		await select(terminal, waiter.pid);
		for (const root of [other, holder, other]) {
			await terminal.type(100, 'b');
			await terminal.until(selected(root.pid));
		}

		await terminal.until(new RegExp(` b: next ${holder.pid} `));
		expect(await stage.signalsSent()).toBe(sent);
	});

	test.sequential('where nobody waits b says so, and selects nobody', async () => {
		await stage.open('select pg_advisory_lock(1)');
		const terminal = await stage.watch();
		await terminal.type('b');
		await terminal.until('nobody waits for a lock');
		expect(terminal.find(/^>/)).toBe(-1);
		expect(terminal.row(-1)).not.toContain('b root');
	});

	test.sequential('--once says who waits for whom, and what the end of the root would set free', async () => {
		const {holder, first, alter, readers} = await openChain(stage);
		await untilAlerted(stage);
		const terminal = stage.play({args: ['--once'], under: inShell(), columns: 200, rows: 60});
		await terminal.until('exit 0');
		const alert = terminal.find(new RegExp(`^! ${holder.pid} blocks 5 since \\S+s: idle-tx `));
		expect(alert).toBeGreaterThan(0);
		expect(terminal.row(alert + 1)).toBe(
			`  frees up to 1 now; k ends it: what it has written is lost; c on ${alter.pid}, which waits, lets 2 go on, and loses that query only`,
		);
		expect(terminal.find(new RegExp(`^ #  *${holder.pid} .* idle-tx +blocks 5 `))).toBeGreaterThan(alert);
		expect(terminal.find(new RegExp(`^ #  *${first.pid} .* active +lock < ${holder.pid} `))).toBeGreaterThan(
			alert,
		);
		for (const {pid} of readers)
			expect(terminal.find(new RegExp(`^ +${pid} .* active +queue < ${alter.pid} `))).toBeGreaterThan(alert);
	});
});
