import {Client} from 'pg';
import {type Fault, faultOf, needPassword} from '../errors.js';
import {openSocket} from './socket.js';
import type {Target} from './target.js';

export type Connected =
	| {readonly type: 'connected'; readonly client: Client}
	| {readonly type: 'failed'; readonly fault: Fault};

/**
Opens one session. Queries are pipelined: written at once, answered in order.

Everything is said explicitly, because node-postgres fills gaps from the environment in its own way.
Whoever uses the client adds an `error` listener; until then a lost connection shows with the first query.
*/
export async function connect(target: Target): Promise<Connected> {
	const noPassword = new Error('no password');
	const socket = openSocket();
	const client = new Client({
		host: target.host,
		port: target.port,
		user: target.user,
		database: target.database,
		// A function, or node-postgres reads the password file and prints that it will stop doing so.
		password: async () => {
			if (target.password) return target.password;
			throw noPassword;
		},
		ssl: false,
		sslnegotiation: 'postgres',
		stream: () => socket,
		pipeline: true,
		keepAlive: true,
		keepAliveInitialDelayMillis: 10_000,
		connectionTimeoutMillis: target.connectTimeoutMs,
	});
	// node-postgres would add PGREPLICATION and others; a pooler refuses what it does not know.
	Object.assign(client, {
		getStartupConf: () => ({
			user: target.user,
			database: target.database,
			application_name: target.applicationName,
			...(target.options && {options: target.options}),
		}),
	});
	client.on('error', () => {});
	try {
		await client.connect();
		return {type: 'connected', client};
	} catch (error) {
		socket.destroy();
		return {type: 'failed', fault: error === noPassword ? needPassword(target) : faultOf(error, target)};
	}
}
