import {constants, type Stats} from 'node:fs';
import {type FileHandle, lstat, mkdir, open, stat} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {clean} from '../domain/text/clean.js';
import {pathOf} from '../domain/text/raw-text.js';
import {systemCodeOf} from './system-code.js';

/** By group or all; Windows has no such bits, and tells the same of every file. */
const mayOthersWrite = ({mode}: Pick<Stats, 'mode'>) => process.platform !== 'win32' && (mode & 0o022) !== 0;

/** Undefined where the system knows no owners. */
const isOwn = ({uid}: Stats) => process.geteuid === undefined || uid === process.geteuid();

function distrust(facts: Stats): string | undefined {
	if (facts.isDirectory()) return 'is a directory';
	if (facts.isFIFO()) return 'is a pipe';
	if (!facts.isFile()) return 'is a device (--no-audit-log writes no file)';
	if (!isOwn(facts)) return 'belongs to another user';
	if (mayOthersWrite(facts)) return 'may be written by others (chmod 600 makes it private)';
	if (facts.nlink > 1) return 'has another name: a hard link';
	return undefined;
}

/** Why others may have written in a file, in words that follow its name: it is none that pgtop would write. Undefined of a pipe, which is somebody's command. */
export async function doubtOf(file: string, facts: Stats): Promise<string | undefined> {
	if (!facts.isFile()) return undefined;
	const isLink = (await lstat(pathOf(file))).isSymbolicLink();
	return isLink ? 'is a link' : distrust(facts);
}

// Nonblocking: to open a pipe that nobody reads would hold the program for ever. Windows has neither of the two.
const {O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0} = constants;

/** Opens a file to append to it. Rejects when it is no file of our own alone: what is open is looked at, for by its name it may be another one by now. */
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

const sticky = 0o1000;

/**
Makes the folder where there is none, with those above it, for its owner alone. Rejects with a sentence when it is not ours, or others may put files there.

As root, with the home of who called sudo, nothing is made there that this user could not remove.
*/
export async function makeFolder(folder: string): Promise<void> {
	const [nearest, facts] = await nearestOf(folder);
	if (!isOwn(facts) && facts.uid !== 0) throw new Error(`${clean(nearest)} belongs to another user`);
	if (nearest !== folder) await mkdir(pathOf(folder), {recursive: true, mode: 0o700});
	else if (mayOthersWrite(facts) && (facts.mode & sticky) === 0)
		throw new Error(`${clean(folder)} may be written by others (chmod 700 makes it private)`);
}

/** The folder itself, or the first above it that is there. */
async function nearestOf(folder: string): Promise<readonly [string, Stats]> {
	const facts = await stat(pathOf(folder)).catch((error: unknown) => {
		if (systemCodeOf(error) === 'ENOENT' && path.dirname(folder) !== folder) return undefined;
		throw error;
	});
	return facts ? [folder, facts] : nearestOf(path.dirname(folder));
}
