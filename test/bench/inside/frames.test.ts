import {expect, onTestFinished, test} from 'vitest';
import {measureFrames, steps} from './frames.js';
import {startScriptedServer} from './scripted-server.js';

test('pictures of twenty sessions go through the whole program, and every step is measured', async () => {
	const server = await startScriptedServer(20);
	onTestFinished(() => server.close());
	const times = await measureFrames(server, 6, 2);
	expect(Object.keys(times)).toEqual([...steps]);
	for (const step of steps) {
		expect(times[step].length).toBeGreaterThanOrEqual(3);
		expect(Math.min(...times[step])).toBeGreaterThan(0);
	}
});
