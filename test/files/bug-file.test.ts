import {mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {writeBugFile} from '../../source/files/bug-file.js';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-bug-'));
});

afterEach(async () => {
	await rm(folder, {recursive: true});
});

test('the report of a bug and its folder are for their owner alone', async () => {
	const file = join(folder, 'state', 'bug.txt');
	await writeBugFile(file, 'report\n');
	expect(await readFile(file, 'utf8')).toBe('report\n');
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
});

test('it takes the place of no file, and follows no link', async () => {
	const there = join(folder, 'there.txt');
	await writeFile(there, 'before');
	await expect(writeBugFile(there, 'report')).rejects.toThrow(`${there} `);
	expect(await readFile(there, 'utf8')).toBe('before');
	const link = join(folder, 'link.txt');
	await symlink(join(folder, 'target.txt'), link);
	await expect(writeBugFile(link, 'report')).rejects.toThrow(`${link} `);
	expect((await readdir(folder)).sort()).toEqual(['link.txt', 'there.txt']);
});

test('where it can not be written, a sentence says so', async () => {
	const file = join(folder, 'file');
	await writeFile(file, '');
	await expect(writeBugFile(join(file, 'bug.txt'), 'report')).rejects.toThrow(
		'stands below what is no directory',
	);
	await mkdir(join(folder, 'open'));
	await expect(writeBugFile('~/bug.txt', 'report')).rejects.toThrow('this user has no home directory');
});
