import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import path from 'node:path';
import {clean} from '../../domain/text/clean.js';
import {pathOf} from '../../domain/text/raw-text.js';
import {fileReasonOf, noPlace} from '../file-reasons.js';
import {isKernels} from '../folders.js';
import {isDoneWithin, patience} from '../patience.js';
import {systemCodeOf} from '../system-code.js';
import {openTrusted} from './audit-trust.js';

/**
Why signals could not be written to a file that was named, as a sentence; undefined where they could. Makes nothing, and writes nothing.

A disk that gives no answer in time may give one later: a signal will ask it again.
*/
export async function whyNoAudit(file: string): Promise<string | undefined> {
	const reason = tryFile(file).then(
		() => undefined,
		async (error: unknown) => fileReasonOf(file, error),
	);
	return (await isDoneWithin(patience, reason)) ? reason : undefined;
}

async function tryFile(file: string): Promise<void> {
	const handle = await openTrusted(file, false).catch((error: unknown) => {
		if (systemCodeOf(error) !== 'ENOENT') throw error;
	});
	if (handle) await handle.close();
	else await tryFolder(file);
}

/** Checks the folder of a file that would have to be made. */
async function tryFolder(file: string): Promise<void> {
	const folder = path.dirname(file);
	await access(pathOf(folder), constants.W_OK | constants.X_OK);
	if (file.endsWith('/')) throw new Error(`${clean(file)} is the name of a directory`);
	if (await isKernels(folder)) throw new Error(`${clean(file)} ${noPlace}`);
}
