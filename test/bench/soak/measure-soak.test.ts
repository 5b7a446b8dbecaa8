import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {startCluster} from '../../helpers/server/cluster.js';
import {measureSoak} from './measure-soak.js';

test('a soak has refreshes, sessions that come and go, and figures of the beginning and of the end', async () => {
	const cluster = await startCluster();
	onTestFinished(async () => cluster.stop());
	const figures = await measureSoak(process.execPath, cluster, {backends: 20, perSecond: 5, minutes: 0.05});
	const values = Object.fromEntries(figures.map(({name, values: {pgtop}}) => [name.split(',')[0], pgtop]));
	expect(values.refreshes).toBeGreaterThan(1);
	expect(values['sessions that came and went']).toBeGreaterThan(1);
	expect(values['memory after the warm-up']).toBeGreaterThan(10);
	expect(values['memory at the end']).toBeGreaterThan(10);
	// Keys, a terminal and a server. In so short a run one more or less is open at times.
	expect(values['descriptors after the warm-up']).toBeGreaterThan(3);
	expect(values['descriptors at the end']).toBeGreaterThan(3);
});
