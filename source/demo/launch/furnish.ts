import {execFile} from 'node:child_process';
import {mkdir, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import type {Binaries} from './binaries-in.js';
import {isOpenToAll} from './folder/is-open-to-all.js';
import {serverUser} from './server-user.js';

const run = promisify(execFile);

/** The words that start one of the server's programs. */
export type Launch = (program: 'postgres' | 'initdb', ...words: readonly string[]) => string[];

/** Whether the programs are where the server's user may not go, as in root's home. */
export async function isOutOfReach({bin}: Binaries): Promise<boolean> {
	return serverUser().uid !== undefined && !(await isOpenToAll(join(bin, 'postgres')));
}

/** Brings into the folder what the server needs. Then root gives all of it to the server's user. In that order, because root must write nothing in a folder of another user. */
export async function furnish(folder: string, binaries: Binaries, dataFrom?: string): Promise<Launch> {
	const {uid, gid} = serverUser();
	const bin = (await isOutOfReach(binaries)) ? await copyPrograms(binaries.bin, folder) : binaries.bin;
	const libraries = await linkLibraries(binaries.libraries, join(bin, '..', 'lib'), join(folder, 'lib'));
	if (dataFrom !== undefined) {
		// Ten times as fast as fs.cp, and an archive is four times as fast again.
		const isArchive = dataFrom.endsWith('.tar');
		await (isArchive
			? run('tar', ['-C', folder, '-xf', dataFrom])
			: run('cp', ['-a', dataFrom, join(folder, 'data')]));
	}

	if (uid !== undefined) {
		await run('chown', ['-R', `${uid}:${gid}`, folder]).catch((cause: unknown) => {
			const sentence = `PostgreSQL does not run as root, and user ${uid} cannot be had here: be an ordinary user.`;
			throw new Error(sentence, {cause});
		});
	}

	// By env(1), because macOS takes the variable away from /bin/sh. Messages are in English, because pgtop reads them.
	return (program, ...words) => ['env', 'LC_ALL=C', ...libraries, join(bin, program), ...words];
}

async function copyPrograms(bin: string, folder: string): Promise<string> {
	const native = join(folder, 'native');
	await mkdir(native);
	await run('cp', ['-R', bin, join(bin, '..', 'lib'), join(bin, '..', 'share'), native]);
	return join(native, 'bin');
}

async function linkLibraries(libraries: Binaries['libraries'], from: string, to: string): Promise<string[]> {
	if (libraries.length === 0) {
		return [];
	}

	await mkdir(to);
	await Promise.all(libraries.map(async ({link, file}) => symlink(join(from, file), join(to, link))));
	const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
	return [`${variable}=${to}:${from}`];
}
