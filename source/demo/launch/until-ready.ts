import {setTimeout} from 'node:timers/promises';
import {openClient, type ServerAddress} from '../open-client.js';
import type {Run} from './guard.js';
import {lastWords} from './last-words.js';

/** Waits until the server lets us in: its files and its log can say too early that it is ready. */
export async function untilReady(address: ServerAddress, server: Run): Promise<void> {
	let isDown = false;
	void server.ended.then(() => {
		isDown = true;
	});
	const login = {user: 'postgres', database: 'postgres', application: 'pgtop'};
	while (!isDown) {
		try {
			const client = await openClient(address, login);
			await client.end();
			return;
		} catch {
			await setTimeout(10);
		}
	}

	throw new Error(`PostgreSQL did not start: ${await lastWords(address.host)}`);
}
