import {isUtf8} from 'node:buffer';
import {constants, type Stats} from 'node:fs';
import {type FileHandle, lstat, open} from 'node:fs/promises';
import {pathOf} from '../../domain/text/raw-text.js';
import {isOwn, mayOthersWrite} from '../audit/audit-trust.js';
import {fileReasonOf} from '../file-reasons.js';
import {systemCodeOf} from '../system-code.js';

export type ConfigurationText =
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'missing'}
	/** `why` follows the name of the file. */
	| {readonly type: 'refused'; readonly why: string}
	/** `why` is a sentence of its own. */
	| {readonly type: 'unreadable'; readonly why: string};

/** In bytes. */
const longest = 256 * 1024;

const tooLong = `is longer than ${longest / 1024} kB`;

/** Many systems give each user a group of his own, with his number, and let it write what he makes. */
const isOfPrivateGroup = ({mode, uid, gid}: Stats) => gid === uid && (mode & 0o002) === 0;

/** What it says may keep somebody from signalling, or let him: nobody else may have written it. */
function distrustOf(facts: Stats): string | undefined {
	if (facts.isDirectory()) return 'is a directory';
	if (!facts.isFile()) return 'is no plain file';
	if (!isOwn(facts) && facts.uid !== 0) return 'belongs to another user';
	if (mayOthersWrite(facts) && !isOfPrivateGroup(facts))
		return 'may be written by others (chmod go-w makes it yours alone)';
	return facts.size > longest ? tooLong : undefined;
}

/** Reads no more than one byte too many: a file may grow. */
async function bytesOf(handle: FileHandle): Promise<Buffer> {
	const buffer = Buffer.alloc(longest + 1);
	let length = 0;
	for (;;) {
		const {bytesRead} = await handle.read(buffer, length, buffer.length - length, length);
		length += bytesRead;
		if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
	}
}

function textOf(bytes: Buffer): ConfigurationText {
	if (bytes.length > longest) return {type: 'refused', why: tooLong};
	if (isUtf8(bytes)) return {type: 'text', text: bytes.toString('utf8')};
	const lines = bytes.toString('latin1').split('\n');
	const line = lines.findIndex(one => !isUtf8(Buffer.from(one, 'latin1'))) + 1;
	return {type: 'refused', why: `is not UTF-8: see line ${line}`};
}

// Nonblocking, because opening a pipe that nobody writes would hold the program for ever. Windows has no such flag.
const {O_RDONLY, O_NONBLOCK = 0} = constants;

/** A broken link is no missing file: what it should have said would be lost in silence. */
const isLink = async (file: string) =>
	lstat(pathOf(file)).then(
		facts => facts.isSymbolicLink(),
		() => false,
	);

/** What stands in the configuration file. It may be a link, as of those who keep such files elsewhere: the opened file is checked. */
export async function readConfigurationText(file: string): Promise<ConfigurationText> {
	try {
		const handle = await open(pathOf(file), O_RDONLY | O_NONBLOCK);
		try {
			const why = distrustOf(await handle.stat());
			return why === undefined ? textOf(await bytesOf(handle)) : {type: 'refused', why};
		} finally {
			await handle.close();
		}
	} catch (error) {
		const code = systemCodeOf(error) ?? '';
		if (code === 'ELOOP') return {type: 'refused', why: 'is a link to itself'};
		if (code !== 'ENOENT' && code !== 'ENOTDIR')
			return {type: 'unreadable', why: await fileReasonOf(file, error)};
		return (await isLink(file)) ? {type: 'refused', why: 'is a link to nothing'} : {type: 'missing'};
	}
}
