import path from 'node:path';
import {clean} from '../domain/text/clean.js';
import {lookUp} from '../domain/text/look-up.js';
import {closedFolderOf, isKernels} from './folders.js';
import {systemCodeOf} from './system-code.js';

/** What the operating system says of a file, in words that follow its name. */
const words: Readonly<Record<string, string>> = {
	EACCES: 'is not open to this user',
	EDQUOT: 'is over the quota of this user',
	EBUSY: 'is in use',
	EFBIG: 'is as long as a file may be here',
	EISDIR: 'is a directory',
	EEXIST: 'stands below what is no directory',
	EIO: 'is on a disk that fails',
	// O_NOFOLLOW gives ELOOP for a link, and EMLINK on FreeBSD.
	ELOOP: 'is a link',
	EMFILE: 'is one too many: too many files are open',
	EMLINK: 'is a link',
	ENAMETOOLONG: 'has too long a name',
	ENFILE: 'is one too many: too many files are open',
	ENOENT: 'stands in a directory that is not there',
	ENOSPC: 'is on a disk that is full',
	ENOTDIR: 'stands below what is no directory',
	ENXIO: 'is no plain file',
	EPERM: 'is not open to this user',
	EROFS: 'is on a disk that is read only',
};

/** Said of a missing file, where only the kernel makes files. */
export const noPlace = 'stands where only the kernel makes files';

const notOpen: readonly string[] = ['EACCES', 'EPERM'];

/** One sentence on why a file could not be opened, read or written. It is about the folder, where that is the reason. */
export async function fileReasonOf(file: string, error: unknown): Promise<string> {
	const code = systemCodeOf(error) ?? '';
	const known = lookUp(words, code);
	if (code !== '' && known === undefined) return `${clean(file)} can't be used: the system says ${code}`;
	if (known === undefined) return clean(error instanceof Error ? error.message : String(error));
	const closed = notOpen.includes(code) ? await closedFolderOf(file) : undefined;
	const isNotThere = code === 'ENOENT' || closed === path.dirname(path.resolve(file));
	if (isNotThere && (await isKernels(path.dirname(file)))) return `${clean(file)} ${noPlace}`;
	return closed === undefined ? `${clean(file)} ${known}` : `the directory ${clean(closed)} ${known}`;
}
