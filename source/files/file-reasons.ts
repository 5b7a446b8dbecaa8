import {clean} from '../domain/text/clean.js';
import {lookUp} from '../domain/text/look-up.js';

/** What the operating system says of a file, in words that go on after its name. */
const words: Readonly<Record<string, string>> = {
	EACCES: 'is not open to this user',
	EDQUOT: 'is over the quota of this user',
	EFBIG: 'is as long as a file may be here',
	EISDIR: 'is a directory',
	EEXIST: 'stands below what is no directory',
	// What was to be followed is a link itself.
	ELOOP: 'is a link',
	EMLINK: 'is a link',
	ENAMETOOLONG: 'has too long a name',
	ENOENT: 'stands in a directory that is not there',
	ENOSPC: 'is on a disk that is full',
	ENOTDIR: 'stands below what is no directory',
	ENXIO: 'is no plain file',
	EPERM: 'is not open to this user',
	EROFS: 'is on a disk that is read only',
};

/** As `ENOENT`; undefined for what is no error of the operating system. */
export const systemCodeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** One sentence on why a file could not be opened, read or written. */
export function fileReasonOf(file: string, error: unknown): string {
	const known = lookUp(words, systemCodeOf(error) ?? '');
	if (known !== undefined) return `${clean(file)} ${known}`;
	return clean(error instanceof Error ? error.message : String(error));
}
