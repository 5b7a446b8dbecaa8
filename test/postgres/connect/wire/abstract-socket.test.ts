import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {connect} from '../../../../source/postgres/connect/connect.js';
import {startCluster} from '../../../helpers/server/cluster.js';
import {newest} from '../../../helpers/server/servers.js';
import {startServer} from '../../../helpers/server/start-server.js';
import {targetAt} from '../../../helpers/server/target.js';

const firstServer = 14;
const isAble = Number.parseInt(process.versions.node, 10) >= 22;

test.runIf(process.platform === 'linux' && newest.major >= firstServer)(
	"a socket in Linux' abstract namespace is reached, or it is said that this Node.js can't",
	async () => {
		const cluster = await startCluster();
		onTestFinished(async () => cluster.stop());
		await cluster.halt('fast');
		const host = `@pgtop-test-${process.pid}`;
		const settings = {unix_socket_directories: `"${host}"`};
		const server = await startServer(newest, cluster.data, {settings, isStandby: false});
		onTestFinished(async () => server.stop());
		await expect
			.poll(async () => {
				const connected = await connect(
					targetAt({host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres'}),
				);
				if (connected.type === 'connected') await connected.client.end();
				return connected.type;
			})
			.toBe('connected');

		const login = {port: server.port, user: 'postgres', database: 'postgres'};
		const connected = await connect(targetAt({host, ...login}));
		if (connected.type === 'connected') await connected.client.end();
		const path = `${host}/.s.PGSQL.${server.port}`;
		const {node} = process.versions;
		if (isAble) expect(connected.type).toBe('connected');
		else
			expect(connected).toMatchObject({
				type: 'failed',
				fault: {
					kind: 'unreachable',
					sentence: `Node.js ${node} can't reach ${path} in the abstract namespace: 22 and later can`,
				},
			});
		expect(await connect(targetAt({host: `${host}-none`, ...login}))).toMatchObject({
			type: 'failed',
			fault: {kind: isAble ? 'connect-refused' : 'unreachable'},
		});
	},
);
