import process from 'node:process';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {shownRows} from '../../source/state/list/shown-rows.js';
import {startProxy} from '../helpers/network/proxy.js';
import {startRun} from '../helpers/run.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {visit} from '../helpers/session/scene.js';

let cluster: TestCluster;
beforeAll(async () => {
	cluster = await startCluster();
});
afterAll(async () => cluster?.stop());

const busy = async () => {
	const session = await visit(cluster);
	void session.start('select count(*) from generate_series(1, 1000000000)');
	await session.untilActive();
	return session;
};

test.runIf(process.platform === 'linux')('over a socket the rows say what their processes use', async () => {
	const session = await busy();
	const run = await startRun(cluster);
	onTestFinished(async () => run.close());
	await run.select(session.pid);
	const marks = () => shownRows(run.state()).find(({row}) => row.value.pid === session.pid)?.marks;
	await run.until(() => (marks()?.use?.cpu ?? 0) > 0);
	expect(marks()?.use).toMatchObject({memory: expect.any(Number)});
});

test('over TCP nothing is told, although the server is on this machine', async () => {
	const session = await busy();
	const {host, port} = await startProxy(cluster);
	const run = await startRun(cluster, {host, port});
	onTestFinished(async () => run.close());
	await run.select(session.pid);
	const seen = run.state().server.pictures;
	await run.until(({server}) => server.pictures > seen + 2);
	expect(run.state().screen.rows.map(({value: {pid}}) => pid)).toContain(session.pid);
	expect(run.state().server.uses).toBeUndefined();
});
