import {execFile} from 'node:child_process';
import {lstat, rmdir} from 'node:fs/promises';
import process from 'node:process';
import {promisify} from 'node:util';

/** Removes a folder with its owner's rights: root must not follow what another user may have put there. */
export async function removeFolder(path: string): Promise<void> {
	try {
		const {uid, gid} = await lstat(path);
		const user = process.getuid?.() === 0 && uid !== 0 ? {uid, gid} : {};
		await promisify(execFile)('rm', ['-rf', path], {cwd: '/', ...user});
		// The owner may lack the right to remove the folder itself.
		await rmdir(path);
	} catch {
		// It is gone already, or another run will sweep it away.
	}
}
