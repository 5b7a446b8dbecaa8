import {afterAll, beforeAll, expect, test} from 'vitest';
import {connect} from '../../../../source/postgres/connect/connect.js';
import {letIn, startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {targetAt} from '../../../helpers/server/target.js';

let cluster: TestCluster;

beforeAll(async () => {
	cluster = await startCluster();
	await cluster.observe("set password_encryption = 'scram-sha-256'");
	await letIn(cluster, 'mon', 'scram-sha-256');
});

afterAll(async () => cluster?.stop());

test.each([
	['that nothing is left of', '\u00AD'],
	['that nothing is left of, of several', '\uFE0F\u200C'],
	['with a soft hyphen', 'I\u00ADX'],
	['of a wide blank', '\u3000'],
	['of a sign that is a letter', '\u2168'],
	['with a ligature', 'ﬁn'],
	['in two parts', 'e\u0301'],
])('a password %s lets in, as the server prepares it', async (_, password) => {
	await cluster.observe(`alter role mon password '${password}'`);
	const {host, port} = cluster;
	const connected = await connect(targetAt({host, port, user: 'mon', database: 'appdb', password}));
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	await connected.client.end();
	expect(connected.attempt.user).toBe('mon');
});
