import {stat} from 'node:fs/promises';
import {dirname} from 'node:path';

/** Whether any user may enter this folder, or run this program, and everything above it. */
export async function isOpenToAll(path: string): Promise<boolean> {
	const {mode} = await stat(path);
	const parent = dirname(path);
	return (mode & 0o001) !== 0 && (parent === path || (await isOpenToAll(parent)));
}
