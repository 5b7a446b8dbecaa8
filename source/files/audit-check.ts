import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import path from 'node:path';
import {pathOf} from '../domain/text/raw-text.js';
import {openTrusted} from './audit-trust.js';
import {fileReasonOf, systemCodeOf} from './file-reasons.js';
import {isDoneWithin, patience} from './patience.js';

/**
Why signals could not be written to a file that was named, as a sentence; undefined where they could. Nothing is made and nothing written.

A disk that gives no answer in time may give one later: a signal will ask it again.
*/
export async function whyNoAudit(file: string): Promise<string | undefined> {
	try {
		await isDoneWithin(patience, tryFile(file));
		return undefined;
	} catch (error) {
		return fileReasonOf(file, error);
	}
}

async function tryFile(file: string): Promise<void> {
	const handle = await openTrusted(file, false).catch((error: unknown) => {
		if (systemCodeOf(error) !== 'ENOENT') throw error;
	});
	if (handle) await handle.close();
	else await access(pathOf(path.dirname(file)), constants.W_OK | constants.X_OK);
}
