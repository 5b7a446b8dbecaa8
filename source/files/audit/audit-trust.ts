import {constants, type Stats} from 'node:fs';
import {type FileHandle, lstat, open} from 'node:fs/promises';
import process from 'node:process';
import {clean} from '../../domain/text/clean.js';
import {pathOf} from '../../domain/text/raw-text.js';

/** Whether group or all may write. Windows has no such bits, and tells the same of every file. */
export const mayOthersWrite = ({mode}: Pick<Stats, 'mode'>) =>
	process.platform !== 'win32' && (mode & 0o022) !== 0;

/** True where the system knows no owners. */
export const isOwn = ({uid}: Stats) => process.geteuid === undefined || uid === process.geteuid();

function distrust(facts: Stats): string | undefined {
	if (facts.isDirectory()) return 'is a directory';
	if (facts.isFIFO()) return 'is a pipe';
	if (!facts.isFile()) return 'is a device (--no-audit-log writes no file)';
	if (!isOwn(facts)) return 'belongs to another user';
	if (mayOthersWrite(facts)) return 'may be written by others (chmod 600 makes it private)';
	if (facts.nlink > 1) return 'has another name: a hard link';
	return undefined;
}

/** Why others may have written in a file, in words that follow its name: pgtop itself would not write to such a file. Undefined for a pipe, which is somebody's command. */
export async function doubtOf(file: string, facts: Stats): Promise<string | undefined> {
	if (!facts.isFile()) return undefined;
	const isLink = (await lstat(pathOf(file))).isSymbolicLink();
	return isLink ? 'is a link' : distrust(facts);
}

// Nonblocking, because opening a pipe that nobody reads would hold the program for ever. Windows has neither O_NONBLOCK nor O_NOFOLLOW.
const {O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0} = constants;

/** Opens a file to append to it. Rejects when it is not a file of our own alone. The open file is checked, because its name may by now be another file's. */
export async function openTrusted(file: string, isMade: boolean): Promise<FileHandle> {
	const flags = O_RDWR | O_APPEND | O_NONBLOCK | O_NOFOLLOW | (isMade ? O_CREAT : 0);
	const handle = await open(pathOf(file), flags, 0o600);
	try {
		const why = distrust(await handle.stat());
		if (why !== undefined) throw new Error(`${clean(file)} ${why}`);
		return handle;
	} catch (error) {
		await handle.close();
		throw error;
	}
}
