import {once} from 'node:events';
import {connect} from 'node:net';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {socketPath} from '../../../source/postgres/connect/connect-target.js';
import {int32, message} from '../../helpers/network/messages.js';

export type Login = {readonly user: string; readonly database: string; readonly application: string};

/** A session that costs a socket and nothing else: no answer is read but for its end. */
export type RawSession = {
	/** Resolves when the server is ready for the next one. */
	query(text: string): Promise<void>;
	drop(): void;
};

const startup = ({user, database, application}: Login) => {
	const words = ['user', user, 'database', database, 'application_name', application, ''];
	// The first message has no type, but the number of the protocol.
	return message('-', int32(196_608), words.join('\0'), '\0').subarray(1);
};

/** Opens a session over the server's socket, which lets in anyone. */
export async function openRawSession({host, port}: ServerAddress, login: Login): Promise<RawSession> {
	const socket = connect(socketPath(host, port));
	await once(socket, 'connect');
	let heard = Buffer.alloc(0);
	let answered: (() => void) | undefined;
	socket.on('error', () => {});
	socket.on('data', bytes => {
		heard = Buffer.concat([heard, bytes]);
		while (heard.length >= 5 && heard.length > heard.readInt32BE(1)) {
			const type = String.fromCharCode(heard[0] ?? 0);
			heard = heard.subarray(heard.readInt32BE(1) + 1);
			if (type === 'Z') answered?.();
		}
	});
	const send = async (bytes: Buffer) =>
		new Promise<void>(resolve => {
			answered = resolve;
			socket.write(bytes);
		});
	const refused = once(socket, 'close').then(() => {
		throw new Error(`the server did not let ${login.user} in`);
	});
	await Promise.race([send(startup(login)), refused]);
	return {
		query: async text => send(message('Q', `${text}\0`)),
		drop: () => socket.destroy(),
	};
}
