import {setMaxListeners} from 'node:events';
import type {ServerAddress} from './open-client.js';
import type {Actor} from './shop/actor.js';
import {idlers} from './shop/idlers.js';
import {lockScene} from './shop/lock-scene.js';
import {perform} from './shop/perform.js';
import {shoppers} from './shop/shoppers.js';
import {slowWork} from './shop/slow-work.js';

export type Workload = {
	/** Resolves when every part has had a session, or at least tried. */
	readonly opened: Promise<void>;
	stop(): Promise<void>;
};

const shop: readonly Actor[] = [...lockScene, ...slowWork, ...shoppers, ...idlers];

/** Sessions that come back whenever they are ended, until the workload is stopped. */
export function startWorkload(
	address: ServerAddress,
	database: string,
	onFault: (error: unknown) => void,
	parts = shop,
): Workload {
	const over = new AbortController();
	// Each session listens, and Node.js may warn of so many.
	setMaxListeners(0, over.signal);
	const shows: Promise<void>[] = [];
	const openings = parts.map(
		async part =>
			new Promise<void>(onOpen => {
				shows.push(perform(part, {address, database, over: over.signal, onOpen, onFault}));
			}),
	);
	return {
		opened: Promise.all(openings).then(() => {}),
		async stop() {
			over.abort();
			await Promise.all(shows);
		},
	};
}
