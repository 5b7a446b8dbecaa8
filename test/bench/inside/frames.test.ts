import {expect, onTestFinished, test} from 'vitest';
import {backendWidth} from '../../../source/postgres/queries/backends.js';
import {backendRows} from './backend-rows.js';
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

test('the rows of the scripted server are as wide as those of a server', () => {
	for (const {cells} of backendRows(100, 1)) expect(cells()).toHaveLength(backendWidth);
});
