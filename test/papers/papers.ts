import {readdir, readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** The face, the manual, and what is written for contributors: paths from the root. */
export const papers: readonly string[] = (
	await Promise.all(
		['.', '.github', 'media/manual', 'source', 'source/postgres/connect'].map(async folder =>
			(await readdir(join(root, folder))).map(file => join(folder, file)),
		),
	)
)
	.flat()
	// Not what an editor keeps beside a file that is open.
	.filter(file => /^[^.].*\.md$/.test(basename(file)));

export const readPaper = async (paper: string): Promise<string> => readFile(join(root, paper), 'utf8');
