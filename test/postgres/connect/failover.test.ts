import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Failure} from '../../../source/ports/failure.js';
import {connect} from '../../../source/postgres/connect/connect.js';
import {connectTo} from '../../../source/postgres/open-server.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {targetAt} from '../../helpers/server/target.js';
import {never} from '../../helpers/session/scene.js';

let first: TestCluster;
let second: TestCluster;

beforeAll(async () => {
	[first, second] = await Promise.all([startCluster(), startCluster()]);
});

afterAll(async () => {
	await Promise.all([first.stop(), second.stop()]);
});

test('a new connection goes through all hosts again, and says on which it is', async () => {
	const target = {
		...targetAt({user: 'postgres', database: 'appdb'}),
		places: [
			{host: first.host, port: first.port},
			{host: second.host, port: second.port},
		] as const,
	};
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const open = connectTo(target, connected, {signals: 'none', sender: 'tester@test'});
	const losses: Failure[] = [];
	const server = await open(failure => losses.push(failure), never);
	expect(server.name).toBe(`postgres@[local:${first.host}]:5432/appdb`);
	await first.halt('immediate');
	await expect.poll(() => losses).toMatchObject([{isLost: true}]);

	const again = await open(() => {}, never);
	expect(again.name).toBe(`postgres@[local:${second.host}]:5432/appdb`);
	again.close();

	await second.halt('immediate');
	await expect(open(() => {}, never)).rejects.toMatchObject({
		sentence: `there is no socket ${first.host}/.s.PGSQL.5432; there is no socket ${second.host}/.s.PGSQL.5432: is the server running there?`,
	});
});
