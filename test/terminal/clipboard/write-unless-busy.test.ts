import {once} from 'node:events';
import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {writeUnlessBusy} from '../../../source/terminal/clipboard/write-unless-busy.js';

test('what a terminal does not take does not fill the memory, and when it takes it again more is written', async () => {
	let goOn = () => {};
	const terminal = new Writable({
		write(_, __, done) {
			goOn = done;
		},
	});
	const text = 'x'.repeat(100_000);
	const tries = Array.from({length: 100}, () => writeUnlessBusy(terminal, text));
	expect(tries.lastIndexOf(true)).toBe(tries.indexOf(false) - 1);
	expect(terminal.writableLength).toBeLessThan(500_000);
	const drained = once(terminal, 'drain');
	while (terminal.writableLength > 0) {
		goOn();
		await new Promise(setImmediate);
	}

	await drained;
	expect(writeUnlessBusy(terminal, text)).toBe(true);
});
