import {readFile, stat, statfs} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {demoPort} from '../demo-port.js';
import {serverUser} from '../server-user.js';
import {isOpenToAll} from './is-open-to-all.js';
import {prefix} from './sweep.js';

const memory = '/dev/shm';

const everyones = '/tmp';

const plenty = 2 ** 30;

// In bytes: the least that a system leaves for the path of a socket. Linux leaves a few more.
const longestSocketPath = 103;

/** Where our folders can be. */
export const bases = (): readonly string[] => [...new Set([memory, tmpdir(), everyones])];

/** The system's place for temporary files, or one that suits better. `isForPrograms`: programs must be able to run there. */
export async function suitableBase(isForPrograms: boolean): Promise<string> {
	const base = tmpdir();
	// In memory the thousand files of a server are made in a fraction of the time. In many containers that folder is tiny.
	if (
		base === everyones &&
		(await hasPlenty(memory)) &&
		!(isForPrograms && (await forbidsPrograms(memory)))
	) {
		return memory;
	}

	return (await isSuitable(base)) ? base : everyones;
}

/** Whether a socket's path fits, and the server's user, where that is another one, can make and remove folders there. */
async function isSuitable(base: string): Promise<boolean> {
	const isShort =
		Buffer.byteLength(join(base, `${prefix}123456`, `.s.PGSQL.${demoPort}`)) <= longestSocketPath;
	const isShared = async () => (await isOpenToAll(base)) && ((await stat(base)).mode & 0o002) !== 0;
	return isShort && (serverUser().uid === undefined || (await isShared()));
}

async function hasPlenty(folder: string): Promise<boolean> {
	try {
		const {bavail, bsize} = await statfs(folder);
		return bavail * bsize > plenty;
	} catch {
		return false;
	}
}

async function forbidsPrograms(folder: string): Promise<boolean> {
	const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map(line => line.split(' '));
	return mounts.some(([, path, , options]) => path === folder && options?.split(',').includes('noexec'));
}
