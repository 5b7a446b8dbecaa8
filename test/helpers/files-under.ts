import {readdir} from 'node:fs/promises';
import {join, relative} from 'node:path';

/** All files of a folder and of those in it: paths from there. */
export async function filesUnder(folder: string): Promise<readonly string[]> {
	const entries = await readdir(folder, {withFileTypes: true, recursive: true});
	return entries
		.filter(entry => entry.isFile())
		.map(entry => relative(folder, join(entry.parentPath, entry.name)));
}
