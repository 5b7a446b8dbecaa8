import {lookUp} from '../../domain/text/look-up.js';
import {thrownOf} from '../failures/thrown.js';

/** By the codes of the system and of Node.js. */
const reasons: Readonly<Record<string, string>> = {
	EACCES: 'no permission',
	EIO: 'the disk fails',
	EISDIR: 'it is a directory',
	ELOOP: 'its symbolic links go round in a circle',
	EMFILE: 'too many files are open',
	ENAMETOOLONG: 'its name is too long',
	ENFILE: 'too many files are open',
	ENOENT: 'there is no such file',
	ENOMEM: 'no memory is left',
	ENOTDIR: 'a part of its path is no directory',
	EPERM: 'no permission',
	ERR_FS_FILE_TOO_LARGE: 'it is too large',
	ERR_INVALID_ARG_VALUE: 'its name has a zero byte',
	ETXTBSY: 'it is being written',
};

const codeOf = (error: unknown) => thrownOf(error).code ?? '';

/** Why a file can't be read, in words that follow a colon. */
export const whyUnread = (error: unknown) =>
	lookUp(reasons, codeOf(error)) ?? `the system says ${codeOf(error) || 'nothing of why'}`;

/** Nothing is where the file would be. To libpq that is no mistake, unless somebody has named the file. */
export const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
