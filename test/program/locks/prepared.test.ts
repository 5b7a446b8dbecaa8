import {beforeAll, expect, test} from 'vitest';
import {down, newestNode, onEachNode} from '../stage.js';
import {openWaiting, orders} from './chain.js';

onEachNode({among: newestNode, isCleared: true}, stage => {
	beforeAll(async () => {
		await stage.cluster.observe(orders);
	});

	test.sequential('of a prepared transaction that blocks b leads to it, and Enter to the texts that end it', async () => {
		const owner = await stage.open('begin; update orders set n = 1 where id = 1');
		await owner.query("prepare transaction 'shop-42 o''clock'");
		await owner.end();
		const waiter = await openWaiting(stage, 'update orders set n = 2 where id = 1');
		const terminal = await stage.watch();
		await terminal.until(/^▲ prepared transaction shop-42 o'clock blocks 1 since /);
		await terminal.until(new RegExp(`^ *${waiter.pid} app .* lock ?< ?prepared `));
		await terminal.type('b');
		await terminal.until(/^># +- app +appdb +prepared +blocks 1 .* shop-42 o'clock$/);
		await terminal.type(60, 'k');
		await terminal.until('A prepared transaction: it has no process');
		await terminal.type(60, '\u001B');
		await terminal.until('q quit');
		await terminal.type(600, '\r');
		await terminal.until('A prepared transaction: it has no process');
		await terminal.until("commit    COMMIT PREPARED 'shop-42 o''clock'");
		const rollback = "ROLLBACK PREPARED 'shop-42 o''clock'";
		await terminal.until(rollback);

		await terminal.type('y');
		await terminal.until('none of the two is chosen: the arrows choose one');
		await terminal.type(60, down, 60, down, 60, 'y');
		await terminal.until(`sent ${rollback.length} bytes of ROLLBACK PREPARED`);
		const [, copied = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(terminal.bytes().toString()) ?? [];
		expect(Buffer.from(copied, 'base64').toString()).toBe(rollback);
		expect(await stage.signalsSent()).toBe(0);

		await stage.cluster.observe(rollback);
		await terminal.until(/^ *gone +it has ended already$/);
		await terminal.type('\u001B');
		await terminal.until(new RegExp(`^ *${waiter.pid} app +appdb +idle `));
	});
});
