import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import path from 'node:path';
import {pathOf} from '../domain/text/raw-text.js';
import {fileReasonOf} from './file-reasons.js';
import {makeFolder} from './make-folder.js';
import {isDoneWithin} from './patience.js';

// Windows has no O_NOFOLLOW.
const {O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0} = constants;

/** How long the end may wait for it, in milliseconds. */
const patience = 3000;

async function write(file: string, text: string): Promise<void> {
	try {
		await makeFolder(path.dirname(file));
		const handle = await open(pathOf(file), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
		try {
			await handle.writeFile(text);
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw new Error(await fileReasonOf(file, error));
	}
}

/** Writes a file of its own for its owner alone, and makes its folder. Rejects with a sentence when there is such a file, or when it is not written in time. */
export async function writeBugFile(file: string, text: string): Promise<void> {
	if (!(await isDoneWithin(patience, write(file, text))))
		throw new Error(`not written within ${patience / 1000}s`);
}
