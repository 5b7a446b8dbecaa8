import {constants} from 'node:fs';
import {access, lstat, statfs} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {pathOf} from '../domain/text/raw-text.js';
import {systemCodeOf} from './system-code.js';

/** The folders above a file, the root first. */
function above(file: string): readonly string[] {
	const folder = path.dirname(file);
	return folder === file ? [] : [...above(folder), folder];
}

/** The error code of `done`, such as `ENOENT`; undefined where there was no error. */
const codeOf = async (done: Promise<unknown>) =>
	done.then(
		() => undefined,
		(error: unknown) => systemCodeOf(error) ?? '',
	);

/** The folder that keeps this user from a file, or from making it; undefined where the file itself does. */
export async function closedFolderOf(file: string): Promise<string | undefined> {
	const whole = path.resolve(file);
	let nearest = path.parse(whole).root;
	for (const folder of above(whole)) {
		const code = await codeOf(access(pathOf(folder), constants.X_OK));
		if (code === 'ENOENT') return nearest;
		if (code !== undefined) return folder;
		nearest = folder;
	}

	return (await codeOf(lstat(pathOf(whole)))) === 'ENOENT' ? nearest : undefined;
}

/** Linux' procfs, sysfs, cgroup2fs and devpts, by their magic numbers: to access(2) they look as if files could be made there. */
const kernels: readonly number[] = [0x9fa0, 0x62656572, 0x63677270, 0x1cd1];

/** Whether the kernel alone makes the files of a folder. */
export async function isKernels(folder: string): Promise<boolean> {
	if (process.platform !== 'linux') return false;
	const facts = await statfs(pathOf(folder)).catch(() => undefined);
	return facts !== undefined && kernels.includes(facts.type);
}
