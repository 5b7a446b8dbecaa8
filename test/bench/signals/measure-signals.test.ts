import {expect, onTestFinished, test} from 'vitest';
import {startCluster} from '../../helpers/server/cluster.js';
import {measureSignals} from './measure-signals.js';

test('sessions are ended both ways, and none is left', async () => {
	const cluster = await startCluster();
	onTestFinished(async () => cluster.stop());
	const figures = await measureSignals(cluster, 10);
	expect(figures.map(({name}) => name)).toEqual([
		'k on 10 sessions, one write → last answer',
		'k on 10 sessions, one write → last seen gone',
		'k on 10 sessions, one by one → last answer',
		'k on 10 sessions, one by one → last seen gone',
	]);
	for (const {values} of figures) expect(values.pgtop).toBeGreaterThan(0);
	const left = await cluster.observe("select pid from pg_stat_activity where application_name = 'ended'");
	expect(left).toEqual([]);
});
