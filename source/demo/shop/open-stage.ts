import {setTimeout} from 'node:timers/promises';
import {type Login, openClient, type ServerAddress} from '../open-client.js';
import type {Stage} from './actor.js';

export type OpenStage = Stage & {close(): Promise<void>};

/** Opens a session that is given up when the show is over, whatever it does then. */
export async function openStage(address: ServerAddress, login: Login, over: AbortSignal): Promise<OpenStage> {
	const client = await openClient(address, login);
	const ended = new AbortController();
	const close = async () => client.end();
	client.once('end', () => {
		ended.abort();
		over.removeEventListener('abort', close);
	});
	over.addEventListener('abort', close);
	// The show may have been over before the connection stood.
	if (over.aborted) await close();
	return {
		close,
		async ask(text, values) {
			await client.query(text, values && [...values]);
		},
		async rest(seconds) {
			await setTimeout(seconds * 1000, undefined, {signal: ended.signal});
		},
	};
}
