import {userInfo} from 'node:os';
import type {Launch} from './furnish.js';
import type {Guard} from './guard.js';
import {lastWords} from './last-words.js';

export type DataOptions = {
	readonly encoding?: string;
	readonly initdbArgs?: readonly string[];
};

/** Runs initdb. Rejects with its last complaint. */
export async function makeData(
	folder: string,
	guard: Guard,
	command: Launch,
	{encoding = 'UTF8', initdbArgs = []}: DataOptions,
): Promise<void> {
	requireName();
	const fixed = ['-D', `${folder}/data`, '-U', 'postgres', '-A', 'trust', '-N', '-E', encoding, '--locale=C'];
	const {ended} = await guard.run(command('initdb', ...fixed, ...initdbArgs));
	if ((await ended) !== 0) {
		throw new Error(`initdb failed: ${await lastWords(folder)}`);
	}
}

/** initdb needs a user with a name, and says so less clearly. */
function requireName(): void {
	try {
		userInfo();
	} catch (cause) {
		const sentence = 'PostgreSQL runs only for a user who has a name, and this one has none in /etc/passwd.';
		throw new Error(sentence, {cause});
	}
}
