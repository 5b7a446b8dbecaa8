import {once} from 'node:events';
import type {AddressInfo, Server, Socket} from 'node:net';
import {onTestFinished} from 'vitest';
import type {ServerAddress} from '../../../source/demo/open-client.js';

/** Gives a server a TCP port of its own until the test has finished; then it ends with these sockets. */
export async function listen(server: Server, sockets: Iterable<Socket>): Promise<ServerAddress> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	return {host: '127.0.0.1', port: (server.address() as AddressInfo).port};
}
