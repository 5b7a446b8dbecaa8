import {setTimeout} from 'node:timers/promises';
import type {ServerAddress} from '../open-client.js';
import type {Actor} from './actor.js';
import {type OpenStage, openStage} from './open-stage.js';

export type Show = {
	readonly address: ServerAddress;
	readonly database: string;
	readonly over: AbortSignal;
	/** Called when a session is open, after the first try at the latest. */
	onOpen(): void;
	onFault(error: unknown): void;
};

/** The pause after being ended or cancelled, in milliseconds: the user has time to see that it worked. */
const comeback = 1000;

// Ending sessions is what the demo is for. Only a session that fails again and again at once is a fault.
const failuresInARow = 3;
const atOnce = 3000;

/** Plays one part until the show is over, in a new session whenever the old one was ended. */
export async function perform(part: Actor, {address, database, over, onOpen, onFault}: Show): Promise<void> {
	let stage: OpenStage | undefined;
	let failures = 0;
	while (!over.aborted) {
		const begin = performance.now();
		try {
			stage ??= await openStage(address, {...part, database}, over);
			onOpen();
			await part.play(stage);
			failures = 0;
		} catch (error) {
			onOpen();
			failures = performance.now() - begin < atOnce ? failures + 1 : 0;
			if (failures === failuresInARow && !over.aborted) {
				onFault(error);
			}

			await setTimeout(comeback, undefined, {signal: over}).catch(() => {});
			stage = await recovered(stage);
		}
	}

	await stage?.close();
}

/** A session whose statement was cancelled goes on; an ended one does not. */
async function recovered(stage: OpenStage | undefined): Promise<OpenStage | undefined> {
	try {
		await stage?.ask('rollback');
		return stage;
	} catch {
		await stage?.close();
		return undefined;
	}
}
